"""A codebook of a few lines: the tests of pages are about pages."""

SMALL = """codebook: klein
label: {nl: Klein, en: Small}
themes:
  - id: druk
    label: {nl: Werkdruk, en: Pressure}
    definition: Hoe druk het is.  # op het werk
    codes:
      - id: tijd
        label: {nl: Te weinig tijd, en: Too little time}
        definition: Er is te weinig tijd om het werk goed te doen.
        include: [Tijd per cliënt]
        rules:
          - id: tijd
            reason: Het wordt zo gezegd
            match: [te weinig tijd]
            yes: [Er is te weinig tijd.]
            no: [Er is tijd.]
      - id: caseload
        label: {nl: Te veel cliënten, en: Too many clients}
        definition: Het aantal mensen per professional.
  - id: regels
    label: {nl: Regels, en: Regulations}
    definition: Wat regels doen.
    codes:
      - id: knellen
        label: {nl: Regels knellen, en: Rules pinch}
        definition: Regels staan goed werk in de weg.
"""
