"""某条规则自身运行出错。

## 为什么

规则出错时，它该查的问题这一次没有查。没有报出问题不等于没有问题，所以必须说出来，并以退出码 2 结束。

## 怎么改

这是 kesu 的缺陷，与填报内容无关。请把这一行连同 `kesu --version` 的输出交给维护者；其余规则的结论不受影响。
"""

from collections.abc import Iterator

from kesu_cli.diagnostic import Problem, Severity
from kesu_cli.rule import NOTHING, Category, Context, Reach, Rule


def check(context: Context) -> Iterator[Problem]:
    """Report the rules that failed of themselves."""
    for crash in context.crashes:
        message = f"规则 {crash.code} 运行出错（{crash.error}），它该查的内容这次没有查"
        yield Problem(context.plan.place, message, hint="请报告给 kesu 的维护者", subject=crash.code)


RULE = Rule(
    "KS001",
    "rule-crashed",
    Severity.ERROR,
    Category.TOOL,
    NOTHING,
    __doc__ or "",
    check,
    Reach.AFTER,
    waivable=False,
)
