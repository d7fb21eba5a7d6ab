"""kesu (科素): checks whether the units of a city do what its plan asks of them.

Public are the command line and the JSON that it writes; the modules of this package are not.
"""

VERSION = "0.1.0"
