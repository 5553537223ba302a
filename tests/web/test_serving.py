from __future__ import annotations

import os
import socket
import subprocess
import sys
import tomllib

import pytest

from codering.cli import run
from codering.project import Project
from codering.resources import app_path
from codering.web import preferences, serving
from codering.web.preferences import Preferences

SAFE = {
    "server.address": "127.0.0.1",
    "server.allowedHosts": ["localhost", "127.0.0.1"],
    "server.maxUploadSize": 50,
    "browser.gatherUsageStats": False,
    "client.toolbarMode": "viewer",
    "client.showErrorDetails": "type",
    "client.showErrorLinks": False,
    "runner.postScriptGC": False,
}


def test_the_configuration_beside_the_app_is_safe():
    """What ``streamlit run app.py`` reads; the flags of ``codering review`` are made of the same file."""
    settings = dict(serving.settings(serving.config_path()))
    assert SAFE.items() <= settings.items()
    assert settings["theme.light.primaryColor"] != settings["theme.dark.primaryColor"]
    assert serving.config_path().parent.parent == app_path().parent


def test_streamlit_knows_every_setting():
    from streamlit import config

    known = config.get_config_options(force_reparse=False)
    for name, _ in serving.settings(serving.config_path()):
        assert name in known, name


def test_flags_say_what_the_file_says():
    flags = serving.flags()
    for name, value in SAFE.items():
        for one in value if isinstance(value, list) else [value]:
            written = str(one).lower() if isinstance(one, bool) else str(one)
            assert f"--{name}={written}" in flags
    file = tomllib.loads(serving.config_path().read_text(encoding="utf-8"))
    assert not any(flag.startswith("--theme") for flag in flags)
    assert len(flags) == sum(
        len(value) if isinstance(value, list) else 1
        for part, values in file.items()
        if part != "theme"
        for value in values.values()
    )


@pytest.fixture
def started(monkeypatch):
    """What Streamlit would be started with."""
    calls = []
    monkeypatch.setattr("streamlit.web.cli.main", lambda arguments, **_: calls.append(list(arguments)))
    for name in (serving.PROJECT, "CODERING_LANG"):
        monkeypatch.setenv(name, "")
    return calls


def test_review_starts_streamlit_on_the_app_and_hands_the_project_on_in_the_environment(started, tmp_path, small):
    file = str(tmp_path / "ronde1.codering")
    Project.create(file, codebook=small).close()
    assert run(["--lang", "en", "review", file, "--port", "8642", "--no-browser"]) == 0
    (arguments,) = started
    assert arguments[:2] == ["run", str(app_path())]
    assert {"--server.port=8642", "--server.headless=true", *serving.flags()} <= set(arguments)
    assert not any("ronde1" in argument for argument in arguments)
    assert os.environ[serving.PROJECT] == file
    assert os.environ["CODERING_LANG"] == "en"


def test_what_is_wrong_with_a_project_is_said_before_a_browser_opens(started, capsys, tmp_path):
    assert run(["review", str(tmp_path / "weg.codering")]) == 2
    assert "weg.codering" in capsys.readouterr().err
    assert started == []


def test_review_without_a_project_leaves_the_choice_to_the_app(started):
    assert run(["review"]) == 0
    assert os.environ[serving.PROJECT] == ""
    assert not any(argument.startswith("--server.port") for argument in started[0])


@pytest.mark.parametrize(("address", "shown"), [("0.0.0.0", False), ("", False), ("127.0.0.1", True), ("::1", True)])
def test_a_server_that_others_can_reach_without_a_login_shows_nothing(app, monkeypatch, address, shown):
    from codering.web import shell

    monkeypatch.undo()
    monkeypatch.setattr("streamlit.get_option", lambda name: address if name == "server.address" else None)
    assert shell._is_private() is shown
    monkeypatch.setattr("codering.web.session.has_login", lambda: True)
    assert shell._is_private()


def test_preferences_are_kept_and_a_damaged_file_is_none(tmp_path, monkeypatch):
    monkeypatch.setenv(preferences.HOME, str(tmp_path / "home"))
    assert preferences.load() == Preferences()
    kept = Preferences("Noor", "en").opened("a").opened("b").opened("a")
    preferences.save(kept)
    assert preferences.load() == kept
    assert kept.recent == ("a", "b")
    (tmp_path / "home" / "app.json").write_text('{"recent": 3', encoding="utf-8")
    assert preferences.load() == Preferences()


def test_preferences_that_cannot_be_written_stop_nothing(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv(preferences.HOME, str(tmp_path / "file" / "home"))
    preferences.save(Preferences("Noor"))
    assert preferences.load() == Preferences()


def test_on_a_server_with_a_login_nobody_chooses_a_file(app, monkeypatch, tmp_path):
    Project.create(tmp_path / "geheim.codering", name="Geheim").close()
    monkeypatch.setattr("codering.web.session.has_login", lambda: True)
    monkeypatch.setattr("codering.web.session._logged_in", lambda _t: "Noor")
    at = app()
    at.query_params["project"] = str(tmp_path / "geheim.codering")
    at.run()
    assert not at.exception
    assert "Geheim" not in [one.value for one in at.title]
    assert "kan niet worden geopend" in at.info[0].value


WITHIN = """
import asyncio, os, socket, sys, uvicorn
from codering.web.serving import serve

async def main_loop(server):
    await asyncio.open_connection("127.0.0.1", server.config.port)
    while not server.server_state.connections:
        await asyncio.sleep(0.01)
    (connection,) = server.server_state.connections
    kept = connection.transport.get_extra_info("socket").getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
    print("at once" if kept else "held", flush=True)
    os._exit(0)

uvicorn.Server.main_loop = main_loop
serve("", language="nl", port=int(sys.argv[1]), headless=True)
"""


def test_what_the_server_sends_is_not_held_until_the_browser_acknowledges():
    """Asked of a connection to the running server, since Streamlit and uvicorn stand between."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-c", WITHIN, str(port)]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    assert ran.stdout.splitlines()[-1] == "at once", ran.stdout
