import re
from types import SimpleNamespace
def when(t, period=None):
    m=re.search("每年|每学期|定期|年度工作计划",t)
    return SimpleNamespace(every="x",by=None) if m else None
