"""What the operating system refuses, in words."""

import errno

_WORDS = {
    errno.ENOENT: "没有这个文件或文件夹",
    errno.EACCES: "没有权限，或正被别的程序（如 WPS）打开",
    errno.EPERM: "没有权限",
    errno.EISDIR: "这是一个文件夹",
    errno.ENOTDIR: "路径中间有一段不是文件夹",
    errno.EEXIST: "已经有同名的文件",
    errno.ENOSPC: "磁盘满了",
    errno.EDQUOT: "磁盘限额用完了",
    errno.EROFS: "这里只能读，不能写",
    errno.EBUSY: "正被别的程序占用",
    errno.ETXTBSY: "正被别的程序占用",
    errno.ENAMETOOLONG: "名字太长",
    errno.EXDEV: "这个链接指到了工作区外面",
    errno.ENXIO: "这不是普通文件，是管道或设备",
    errno.EFBIG: "文件太大",
    errno.ELOOP: "链接指来指去，没有尽头",
    errno.EIO: "磁盘读写出错",
    errno.EMFILE: "打开的文件太多",
    errno.EBADF: "已经关闭",
    errno.EINVAL: "名字里有不能用的字符",
}


def why(error: OSError) -> str:
    """Say why the system refused; what has no words here is named by its code."""
    code = error.errno or 0
    return _WORDS.get(code) or f"系统错误 {errno.errorcode.get(code, code)}"
