"""kesu (科素): checks whether the units of a city do what its plan asks of them."""

VERSION = "0.1.0"
