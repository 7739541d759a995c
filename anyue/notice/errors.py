"""Refusals of the library, each with a code, a Chinese and an English sentence that says what to do."""

SENTENCES = {
    "empty": ("文件是空的，请确认后重新选择。", "The file is empty. Choose the right one."),
    "too_large": ("文件超过 20 MB，请只上传通知本身。", "The file is larger than 20 MB. Choose the notice alone."),
    "too_long": (
        "文件超过 30 万字，不像一份通知。请只上传通知本身。",
        "The file holds more than 300,000 characters. Choose the notice alone.",
    ),
    "unknown": (
        "认不出这个文件的格式。请另存为 .docx、.pdf 或 .txt 后再试。",
        "This format is not known. Save the notice as .docx, .pdf or .txt.",
    ),
    "binary": ("文件里没有可以阅读的文字。", "The file holds no readable text."),
    "encrypted": ("文件设有密码，请去掉密码后再试。", "The file is protected by a password. Remove it first."),
    "picture_only": (
        "no text layer：这份 PDF 只有图片没有文字层。请使用原始电子文件，或先做文字识别。",
        "no text layer: this PDF holds only pictures. Use the original file, or recognise its text first.",
    ),
    "damaged": ("文件已损坏或不完整，无法读取。请重新导出后再试。", "The file is damaged. Export it again."),
    "bomb": ("文件展开后异常庞大，已拒绝读取。", "The file unpacks to an abnormal size and was refused."),
    "old_format": (
        "无法直接读取这个旧格式文件。请安装 LibreOffice，或在文字处理软件中另存为 .docx。",
        "This old format cannot be read here. Install LibreOffice, or save the notice as .docx.",
    ),
}


class NoticeError(Exception):
    """A notice that cannot be read. `code` is one of SENTENCES; the text is Chinese, `english` beside it."""

    def __init__(self, code: str) -> None:
        self.code = code
        self.chinese, self.english = SENTENCES[code]
        super().__init__(self.chinese)
