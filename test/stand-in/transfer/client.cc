// SPDX-License-Identifier: MIT

#include "stand-in/transfer/client.h"

#include <winhttp.h>

#include <cwctype>

#include "stand-in/transfer/http_error.h"

namespace dosvc_stand_in {
namespace {

// As many as WinHTTP follows by itself.
constexpr int kMostMoves = 10;

// The scheme, the host and the port: "https://example.com:443".
std::wstring OriginOf(const std::wstring& url) {
  URL_COMPONENTS parts{};
  parts.dwStructSize = sizeof(parts);
  parts.dwSchemeLength = parts.dwHostNameLength = DWORD(-1);
  if (!WinHttpCrackUrl(url.c_str(), 0, 0, &parts)) return {};
  std::wstring origin(parts.lpszScheme, parts.dwSchemeLength);
  origin += L"://" + std::wstring(parts.lpszHostName, parts.dwHostNameLength);
  for (auto& c : origin) c = static_cast<wchar_t>(std::towlower(c));
  return origin + L":" + std::to_wstring(parts.nPort);
}

bool IsSecure(const std::wstring& url) { return OriginOf(url).rfind(L"https:", 0) == 0; }

bool IsChallenge(const Answer& answer) {
  return answer.status == HTTP_STATUS_DENIED || answer.status == HTTP_STATUS_PROXY_AUTH_REQ;
}

bool IsRedirect(const Answer& answer) {
  return answer.status >= 301 && answer.status <= 308 && !answer.location.empty();
}

}  // namespace

Result Client::Connect(const std::wstring& url) {
  if (first_url_.empty()) first_url_ = url;
  url_ = url;
  return server_.Connect(url, options_, patience_.no_progress);
}

bool Client::IsChallenger() const { return !challenger_.empty() && OriginOf(url_) == challenger_; }

Result Client::Move(const std::wstring& url) {
  const bool refused = IsSecure(url_) && !IsSecure(url) && !options_.allows_insecure_redirect;
  if (refused || ++moves_ > kMostMoves) return OfWinHttp(ERROR_WINHTTP_REDIRECT_FAILED, 0);
  return Connect(url);
}

// DOC: DODownloadProperty_HttpCustomAuthHeaders: sent when the server challenges.
// learn.microsoft.com/windows/win32/api/deliveryoptimization/ne-deliveryoptimization-dodownloadproperty
// No page says which server: here, whoever challenges, also the target of a redirect to another
// origin.
// WinHTTP sends a request's headers to wherever a redirect leads, so a request with such headers
// follows none by itself.
Result Client::Ask(const wchar_t* verb,
                   const Headers& headers,
                   std::optional<HttpRequest>& request,
                   Answer& answer) {
  for (;;) {
    const bool challenged = IsChallenger();
    auto all = options_.headers;
    const auto& answers = options_.when_challenged;
    if (challenged) all.insert(all.end(), answers.begin(), answers.end());
    // The bytes are counted as they are in the file.
    all.emplace_back(L"Accept-Encoding", L"identity");
    all.insert(all.end(), headers.begin(), headers.end());
    request.emplace(patience_);
    const auto sent = request->Send(server_, verb, all, !challenged);
    if (sent.outcome != Outcome::kDone) return sent;
    answer = request->ReadAnswer();
    final_url_ = request->FinalUrl();
    const bool elsewhere = request->WasRedirected() || url_ != first_url_;
    patience_.events.Responded({answer.status,
                                answer.headers,
                                request->ServerAddress(),
                                elsewhere ? final_url_ : std::wstring()});
    Result moved;
    if (challenged && IsRedirect(answer)) {
      moved = Move(UrlAt(url_, answer.location.c_str()));
    } else if (!challenged && IsChallenge(answer) && !answers.empty()) {
      challenger_ = OriginOf(final_url_);
      moved = Move(final_url_);
    } else {
      return {};
    }
    if (moved.outcome != Outcome::kDone) return moved;
  }
}

}  // namespace dosvc_stand_in
