"""The app: ``streamlit run app.py``, or ``codering review PROJECT``. Opens the project and names the pages."""

from codering.web.shell import run

run()
