"""Every setting this product has; values come from the environment through `env`."""

from pathlib import Path

from anyue import env

PACKAGE = Path(__file__).resolve().parent
HOME = env.home()

# --- who and where -----------------------------------------------------------
DEBUG = env.flag("ANYUE_DEBUG", default=False)
SECRET_KEY = env.secret("ANYUE_SECRET_KEY", keep_in=HOME / "secret")
ALLOWED_HOSTS = env.text("ANYUE_ALLOWED_HOSTS", default="localhost,127.0.0.1,[::1]").split(",")
# Behind a proxy that ends TLS: cookies only over https, and the browser is told to stay there.
HTTPS = env.flag("ANYUE_HTTPS", default=False)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
# How many proxies stand before it: without that number all who come through one share an address, and its limits.
ALLAUTH_TRUSTED_PROXY_COUNT = env.number("ANYUE_PROXIES", default=0)
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 30 * 24 * 3600

# --- data --------------------------------------------------------------------
DATABASES = {"default": env.database(env.text("ANYUE_DATABASE_URL", default=f"sqlite:///{HOME / 'anyue.sqlite3'}"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "people.Person"
# A demonstration stands on one day of the past; empty means today.
STAND_ON = env.day("ANYUE_STAND_ON")
DEMO = env.flag("ANYUE_DEMO", default=False)
# Locks, used codes and the last use of sessions: with Django's 300 entries, 300 other names would open a lock.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 100_000}}}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

# --- language and time: Chinese is the source, English its translation ---------
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

# --- apps: lowest first, in the order in which they may import one another ------
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.usersessions",
    "ninja",
    "anyue.kernel",
    "anyue.units",
    "anyue.people",
    "anyue.campaigns",
    "anyue.site",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "anyue.kernel.middleware.ContentSecurityPolicy",
    "anyue.kernel.middleware.OnlyText",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "anyue.people.middleware.SecondFactor",
    "anyue.people.middleware.Seen",
    "anyue.kernel.middleware.Refusals",
]
ROOT_URLCONF = "anyue.urls"
WSGI_APPLICATION = "anyue.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "site" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "anyue.site.context.chrome",
            ],
            "builtins": ["anyue.site.templatetags.words"],
        },
    }
]
FORM_RENDERER = "anyue.kernel.forms.Renderer"

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": HOME / "media"}},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# --- sign-in: accounts are made by the office, nobody signs up -------------------
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
ACCOUNT_ADAPTER = "anyue.people.adapter.ClosedDoor"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_RATE_LIMITS = {"login_failed": "5/5m/key", "join": "120/h/ip"}
# The office signs in with a second factor; a demonstration without.
SECOND_FACTOR = env.flag("ANYUE_SECOND_FACTOR", default=True)
MFA_ADAPTER = "anyue.people.adapter.Factors"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_ISSUER = "Anyue"
MFA_RATE_LIMITS = {"webauthn_login": "30/m/ip"}  # as signing in by password: a house shares one address
MFA_FORMS = {
    "activate_totp": "anyue.people.factor_forms.ActivateApp",
    "authenticate": "anyue.people.factor_forms.UseCode",
    "reauthenticate": "anyue.people.factor_forms.ConfirmByCode",
    "add_webauthn": "anyue.people.factor_forms.AddPasskey",
    "authenticate_webauthn": "anyue.people.factor_forms.UsePasskey",
    "reauthenticate_webauthn": "anyue.people.factor_forms.ConfirmByPasskey",
    "login_webauthn": "anyue.people.factor_forms.EnterByPasskey",
}
# Sign-in by another service, for who linked it: off until it is named. 企业微信 CORPID:AGENTID:SECRET, the others KEY:SECRET
SOCIALACCOUNT_PROVIDERS = {
    **env.service("wecom", "ANYUE_SIGNIN_WECOM", with_agent=True),
    **env.service("dingtalk", "ANYUE_SIGNIN_DINGTALK"),
    **env.service("weixin", "ANYUE_SIGNIN_WEIXIN"),
}
SOCIALACCOUNT_ADAPTER = "anyue.people.adapter.Outside"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"

# --- messages that leave the house: each channel is off until it is named here ----
EMAIL_HOST, EMAIL_PORT, EMAIL_HOST_USER, EMAIL_HOST_PASSWORD, EMAIL_USE_SSL, EMAIL_USE_TLS = env.mail(env.text("ANYUE_EMAIL_URL", default=""))
EMAIL_BACKEND = "anyue.kernel.channels.EmailBackend" if EMAIL_HOST else "django.core.mail.backends.dummy.EmailBackend"
DEFAULT_FROM_EMAIL = env.text("ANYUE_EMAIL_FROM", default="anyue@localhost")
# https://KEY:SECRET@dysmsapi.aliyuncs.com/?sign=签名&template=SMS_1
SMS_URL = env.text("ANYUE_SMS_URL", default="")
# Whom units' robots may be; a gateway of one's own is added with its port.
ROBOT_HOSTS = env.text("ANYUE_ROBOT_HOSTS", default="qyapi.weixin.qq.com,oapi.dingtalk.com,open.feishu.cn").split(",")

# --- log: what went wrong goes to stderr, where the service's journal keeps it ---
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"stderr": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}
