import pytest
import template


@pytest.fixture(scope="session")
def expanded():
    return template.expand()
