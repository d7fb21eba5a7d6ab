"""Settings for all tests: none of them is timed (speed is measured in bench/)."""

from hypothesis import settings

settings.register_profile("kesu", deadline=None)
settings.load_profile("kesu")
