import re
def quantities(t): return [m for m in re.finditer(r"\d+(?:\.\d+)?万?(?:名|人次|个|%)",t)]
