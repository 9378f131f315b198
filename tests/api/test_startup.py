"""What a server does before it answers."""

import gc

import pytest

from api.app import from_environment_app


def test_what_a_server_has_loaded_is_never_looked_through_for_garbage(
    environment: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    gc.unfreeze()

    app = from_environment_app()

    spared = gc.get_freeze_count()
    gc.unfreeze()
    app.state.store.engine.dispose()
    assert spared > 10_000
