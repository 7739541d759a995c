"""Sign-in by WeCom, DingTalk or WeChat, where the installation names them (ANYUE_SIGNIN_…). allauth looks for this file.

The flow (state, linking, stages of sign-in) is allauth's. Its own providers for DingTalk and WeChat keep name, picture and
number of whoever signs in, and WeCom it does not know: here nothing is kept but the key by which the service knows a
person. Sources: the services' public documents of their web sign-in (WeCom: sso/login, gettoken, auth/getuserinfo;
DingTalk: oauth2/auth, userAccessToken, contact/users/me; WeChat: qrconnect, sns/oauth2/access_token).
"""

from typing import Any
from urllib.parse import urlencode

from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialApp, SocialLogin, SocialToken
from allauth.socialaccount.providers.base import ProviderAccount, ProviderException
from allauth.socialaccount.providers.oauth2.provider import OAuth2Provider
from allauth.socialaccount.providers.oauth2.views import OAuth2Adapter, OAuth2CallbackView, OAuth2LoginView
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class _Door:
    """Where the browser is sent; allauth sets `state`."""

    state = ""

    def __init__(self, service: "_Service", app: SocialApp, callback: str) -> None:
        self._service, self._app, self._callback = service, app, callback

    def get_redirect_url(self, url: str, _scope: list[str], _more: dict[str, str]) -> str:
        """allauth's hook."""
        return f"{url}?{urlencode(self._service.asks(self._app, self._callback, self.state))}"


class _Service(OAuth2Adapter):  # type: ignore[misc]  # allauth ships no types
    """One service: what the browser takes along, and who came back."""

    authorize_url = ""

    def asks(self, app: SocialApp, callback: str, state: str) -> dict[str, str]:
        """Parameters of the service's page of sign-in."""
        raise NotImplementedError

    def who(self, app: SocialApp, code: str) -> object:
        """The key by which the service knows who holds the code. Raises LookupError or TypeError where the answer has none."""
        raise NotImplementedError

    def get_client(self, request: HttpRequest, app: SocialApp) -> _Door:
        """allauth's hook."""
        return _Door(self, app, self.get_callback_url(request, app))

    def get_access_token_data(self, request: HttpRequest, app: SocialApp, client: Any, pkce_code_verifier: Any = None) -> dict[str, str]:
        """allauth's hook. A token is fetched, used and forgotten in `who`."""
        return {"access_token": ""}

    def complete_login(self, request: HttpRequest, app: SocialApp, token: SocialToken, **_more: Any) -> SocialLogin:
        """allauth's hook."""
        try:
            key = self.who(app, request.GET["code"])
        except (LookupError, TypeError, ValueError) as error:
            raise ProviderException(f"{self.provider_id}: {error!r}") from error
        if not isinstance(key, str) or not 0 < len(key) <= 190:
            raise ProviderException(f"{self.provider_id}: no key")
        return self.get_provider().sociallogin_from_response(request, {"key": key})

    def ask(self, method: str, url: str, **more: Any) -> dict[str, Any]:
        """The object that the service answers. Raises what `requests` raises, ValueError where it is none."""
        with get_adapter().get_requests_session() as session:
            response = session.request(method, url, allow_redirects=False, **more)
            answer = response.json() if response.status_code == 200 else response.status_code
        if not isinstance(answer, dict) or answer.get("errcode"):
            raise ValueError(str(answer)[:200])
        return answer


class WeComService(_Service):
    """企业微信."""

    provider_id = "wecom"
    authorize_url = "https://login.work.weixin.qq.com/wwlogin/sso/login"
    base = "https://qyapi.weixin.qq.com/cgi-bin"

    def asks(self, app: SocialApp, callback: str, state: str) -> dict[str, str]:
        """As the service wants it."""
        return {"login_type": "CorpApp", "appid": app.client_id, "agentid": app.key, "redirect_uri": callback, "state": state}

    def who(self, app: SocialApp, code: str) -> object:
        """The member's userid; a guest of the corporation has none."""
        token = self.ask("GET", f"{self.base}/gettoken", params={"corpid": app.client_id, "corpsecret": app.secret})["access_token"]
        return self.ask("GET", f"{self.base}/auth/getuserinfo", params={"access_token": token, "code": code})["userid"]


class DingTalkService(_Service):
    """钉钉."""

    provider_id = "dingtalk"
    authorize_url = "https://login.dingtalk.com/oauth2/auth"
    base = "https://api.dingtalk.com/v1.0"

    def asks(self, app: SocialApp, callback: str, state: str) -> dict[str, str]:
        """As the service wants it."""
        return {"client_id": app.client_id, "redirect_uri": callback, "state": state, "response_type": "code", "scope": "openid", "prompt": "consent"}

    def who(self, app: SocialApp, code: str) -> object:
        """The person's unionId, the same in all applications of one firm."""
        said = {"clientId": app.client_id, "clientSecret": app.secret, "code": code, "grantType": "authorization_code"}
        token = self.ask("POST", f"{self.base}/oauth2/userAccessToken", json=said)["accessToken"]
        return self.ask("GET", f"{self.base}/contact/users/me", headers={"x-acs-dingtalk-access-token": token})["unionId"]


class WeixinService(_Service):
    """微信."""

    provider_id = "weixin"
    authorize_url = "https://open.weixin.qq.com/connect/qrconnect"
    base = "https://api.weixin.qq.com/sns"

    def asks(self, app: SocialApp, callback: str, state: str) -> dict[str, str]:
        """As the service wants it."""
        return {"appid": app.client_id, "redirect_uri": callback, "response_type": "code", "scope": "snsapi_login", "state": state}

    def who(self, app: SocialApp, code: str) -> object:
        """The person's openid in this application."""
        said = {"appid": app.client_id, "secret": app.secret, "code": code, "grant_type": "authorization_code"}
        return self.ask("GET", f"{self.base}/oauth2/access_token", params=said)["openid"]


class _Provider(OAuth2Provider):  # type: ignore[misc]
    """What allauth knows a service by."""

    account_class = ProviderAccount

    def extract_uid(self, data: dict[str, str]) -> str:
        """allauth's hook."""
        return data["key"]

    def extract_extra_data(self, data: dict[str, str]) -> dict[str, str]:
        """allauth's hook. Nothing else is kept."""
        return {}

    def extract_common_fields(self, data: dict[str, str]) -> dict[str, str]:
        """allauth's hook. Nobody signs up this way, so no fields are filled."""
        return {}


class WeCom(_Provider):
    """企业微信."""

    id, name, oauth2_adapter_class = "wecom", _("企业微信"), WeComService


class DingTalk(_Provider):
    """钉钉."""

    id, name, oauth2_adapter_class = "dingtalk", _("钉钉"), DingTalkService


class Weixin(_Provider):
    """微信."""

    id, name, oauth2_adapter_class = "weixin", _("微信"), WeixinService


provider_classes = [WeCom, DingTalk, Weixin]
# The views of each service, by its id.
LOGIN = {one.id: OAuth2LoginView.adapter_view(one.oauth2_adapter_class) for one in provider_classes}
CALLBACK = {one.id: OAuth2CallbackView.adapter_view(one.oauth2_adapter_class) for one in provider_classes}
