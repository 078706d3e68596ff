"""What a wrongly written command is answered: what is missing or wrong, and where the help is."""

import click


def explained(error: click.UsageError) -> str:
    """Return the sentence for a command line that click could not understand."""
    command = error.ctx.command_path if error.ctx else "shecun"
    return f"{_what(error)}。用法请看：{command} --help"


def _what(error: click.UsageError) -> str:
    match error:
        case click.NoSuchOption():
            return f"没有选项 {error.option_name}"
        case click.MissingParameter():
            return f"缺少 {_name(error.param)}"
        case click.BadParameter() if error.message.endswith("does not exist."):
            return f"{_name(error.param)} 不存在，请核对路径：{error.message.split(chr(39))[1]}"
        case click.BadParameter():
            return f"{_name(error.param)} 的值不正确：{error.message.rstrip('.')}"
        case _ if error.message.startswith("No such command"):
            return f"没有这个命令：{error.message.split(maxsplit=3)[-1].rstrip('.')}"
        case _:
            return error.message.rstrip(".")


def _name(param: click.Parameter | None) -> str:
    if param is None:
        return "参数"
    return "、".join(param.opts) if isinstance(param, click.Option) else (param.human_readable_name or "参数")
