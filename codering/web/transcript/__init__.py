"""The transcript component: a page of turns on which a researcher reads, decides and codes.

Six parts, of which five need no Streamlit:

- :mod:`~codering.web.transcript.data`: what the browser is given, worked out from transcript, codebook and codings;
- :mod:`~codering.web.transcript.changes`: of that, what is new since what the browser holds;
- :mod:`~codering.web.transcript.actions`: what a coder did there, kept through the verbs of a project;
- :mod:`~codering.web.transcript.colours`: colours of codes that can be seen on a light and on a dark page;
- :mod:`~codering.web.transcript.wording`: its texts, in both languages;
- :mod:`~codering.web.transcript.component`: the component itself, for a page to mount.

In the browser (``js/``, plain modules without a build step) an action is painted at once and waits in a queue until
Python says that it is on the disk; see ``js/queue.js``. Offsets count code points on both sides.
"""
