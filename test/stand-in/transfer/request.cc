// SPDX-License-Identifier: MIT

// Before winhttp.h, which tells of connections only then.
#include <winsock2.h>
#include <ws2tcpip.h>
// After it.
#include "stand-in/transfer/request.h"

#include <shlwapi.h>

#include <algorithm>
#include <array>
#include <climits>
#include <mutex>

#include "generated/hresults.h"
#include "stand-in/transfer/http_error.h"

namespace dosvc_stand_in {
namespace {

constexpr DWORD kBufferSize = 64 * 1024;
constexpr DWORD kMostRedirects = 10;
constexpr std::size_t kLongestUrl = 4096;
// How often a wait asks whether the network is there.
constexpr std::chrono::milliseconds kGlance{200};

}  // namespace

std::wstring UrlAt(const std::wstring& base, const wchar_t* location) {
  std::wstring url(kLongestUrl, L'\0');
  auto length = static_cast<DWORD>(url.size());
  if (FAILED(UrlCombineW(base.c_str(), location, url.data(), &length, 0))) return location;
  url.resize(length);
  return url;
}

// What WinHTTP's threads and ours share. It lives until both have let go: WinHTTP may still write
// to the buffer when the handle is closed.
struct HttpRequest::Exchange {
  Exchange() : completed(CreateEventW(nullptr, FALSE, FALSE, nullptr)) {}
  ~Exchange() { CloseHandle(completed); }

  static void CALLBACK
  Told(HINTERNET, DWORD_PTR context, DWORD status, void* information, DWORD size);
  void Complete(DWORD with_error, DWORD with_size);
  DWORD Size();

  const HANDLE completed;
  std::mutex mu;
  DWORD error = ERROR_SUCCESS;  // guarded by mu
  DWORD size = 0;               // guarded by mu
  DWORD insecure = 0;           // guarded by mu
  DWORD redirects = 0;          // guarded by mu
  // Where they led. Wine's WinHTTP cannot be asked for it afterwards.
  std::wstring url;  // guarded by mu
  // WinHTTP's while a read is under way, else the caller's.
  std::array<unsigned char, kBufferSize> buffer;
};

void HttpRequest::Exchange::Complete(DWORD with_error, DWORD with_size) {
  {
    std::lock_guard<std::mutex> lock(mu);
    error = with_error;
    size = with_size;
  }
  SetEvent(completed);
}

DWORD HttpRequest::Exchange::Size() {
  std::lock_guard<std::mutex> lock(mu);
  return size;
}

// On any thread of WinHTTP's, or within a call of ours to it.
void CALLBACK HttpRequest::Exchange::Told(
    HINTERNET, DWORD_PTR context, DWORD status, void* information, DWORD size) {
  auto* const holder = reinterpret_cast<std::shared_ptr<Exchange>*>(context);
  if (holder == nullptr) return;
  auto& exchange = **holder;
  switch (status) {
    case WINHTTP_CALLBACK_STATUS_SENDREQUEST_COMPLETE:
    case WINHTTP_CALLBACK_STATUS_HEADERS_AVAILABLE:
      return exchange.Complete(ERROR_SUCCESS, 0);
    case WINHTTP_CALLBACK_STATUS_DATA_AVAILABLE:
      return exchange.Complete(ERROR_SUCCESS, *static_cast<DWORD*>(information));
    case WINHTTP_CALLBACK_STATUS_READ_COMPLETE:
      return exchange.Complete(ERROR_SUCCESS, size);
    case WINHTTP_CALLBACK_STATUS_REQUEST_ERROR:
      return exchange.Complete(static_cast<WINHTTP_ASYNC_RESULT*>(information)->dwError, 0);
    case WINHTTP_CALLBACK_STATUS_SECURE_FAILURE: {
      std::lock_guard<std::mutex> lock(exchange.mu);
      exchange.insecure = *static_cast<DWORD*>(information);
      return;
    }
    case WINHTTP_CALLBACK_STATUS_REDIRECT: {
      std::lock_guard<std::mutex> lock(exchange.mu);
      exchange.url = UrlAt(exchange.url, static_cast<const wchar_t*>(information));
      // Windows stops by itself, Wine does not.
      if (++exchange.redirects > kMostRedirects) SetEvent(exchange.completed);
      return;
    }
    case WINHTTP_CALLBACK_STATUS_HANDLE_CLOSING:
      delete holder;
      return;
    default:
      return;
  }
}

Result HttpServer::Connect(const std::wstring& url,
                           const HttpOptions& options,
                           std::chrono::milliseconds no_progress) {
  URL_COMPONENTS parts{};
  parts.dwStructSize = sizeof(parts);
  parts.dwHostNameLength = parts.dwUrlPathLength = parts.dwExtraInfoLength = DWORD(-1);
  if (!WinHttpCrackUrl(url.c_str(), 0, 0, &parts)) return OfWinHttp(GetLastError(), 0);
  url_ = url;
  security_flags_ = options.security_flags;
  revocation_ = options.revocation;
  secure_ = parts.nScheme == INTERNET_SCHEME_HTTPS;
  path_.assign(parts.lpszUrlPath, parts.dwUrlPathLength);
  path_.append(parts.lpszExtraInfo, parts.dwExtraInfoLength);
  path_.resize(std::min(path_.size(), path_.find(L'#')));
  const std::wstring host(parts.lpszHostName, parts.dwHostNameLength);

  session_.Reset(WinHttpOpen(options.user_agent.c_str(),
                             WINHTTP_ACCESS_TYPE_NO_PROXY,
                             WINHTTP_NO_PROXY_NAME,
                             WINHTTP_NO_PROXY_BYPASS,
                             WINHTTP_FLAG_ASYNC));
  if (session_.get() == nullptr) return OfWinHttp(GetLastError(), 0);
  // So that WinHTTP's own threads do not wait longer than we do.
  const auto time = static_cast<int>(std::min<std::int64_t>(no_progress.count(), INT_MAX));
  WinHttpSetTimeouts(session_.get(), time, time, time, time);
  DWORD redirects = options.allows_insecure_redirect
                        ? WINHTTP_OPTION_REDIRECT_POLICY_ALWAYS
                        : WINHTTP_OPTION_REDIRECT_POLICY_DISALLOW_HTTPS_TO_HTTP;
  WinHttpSetOption(session_.get(), WINHTTP_OPTION_REDIRECT_POLICY, &redirects, sizeof(redirects));
  connection_.Reset(WinHttpConnect(session_.get(), host.c_str(), parts.nPort, 0));
  return connection_.get() != nullptr ? Result{} : OfWinHttp(GetLastError(), 0);
}

HttpRequest::HttpRequest(const Patience& patience)
    : patience_(patience), exchange_(std::make_shared<Exchange>()) {}

HttpRequest::~HttpRequest() = default;

Result HttpRequest::Send(const HttpServer& server,
                         const wchar_t* verb,
                         const Headers& headers,
                         bool follows_redirects) {
  handle_.Reset(WinHttpOpenRequest(server.connection_.get(),
                                   verb,
                                   server.path_.c_str(),
                                   nullptr,
                                   WINHTTP_NO_REFERER,
                                   WINHTTP_DEFAULT_ACCEPT_TYPES,
                                   server.secure_ ? WINHTTP_FLAG_SECURE : 0));
  if (handle_.get() == nullptr) return OfWinHttp(GetLastError(), 0);
  const auto secured = Secure(server);
  if (secured.outcome != Outcome::kDone) return secured;
  DWORD redirects = WINHTTP_DISABLE_REDIRECTS;
  if (!follows_redirects &&
      !WinHttpSetOption(
          handle_.get(), WINHTTP_OPTION_DISABLE_FEATURE, &redirects, sizeof(redirects))) {
    return OfWinHttp(GetLastError(), 0);
  }
  exchange_->url = server.url_;
  auto holder = std::make_unique<std::shared_ptr<Exchange>>(exchange_);
  auto context = reinterpret_cast<DWORD_PTR>(holder.get());
  if (!WinHttpSetOption(handle_.get(), WINHTTP_OPTION_CONTEXT_VALUE, &context, sizeof(context))) {
    return OfWinHttp(GetLastError(), 0);
  }
  if (WinHttpSetStatusCallback(
          handle_.get(), &Exchange::Told, WINHTTP_CALLBACK_FLAG_ALL_NOTIFICATIONS, 0) ==
      WINHTTP_INVALID_STATUS_CALLBACK) {
    return OfWinHttp(GetLastError(), 0);
  }
  holder.release();  // Told deletes it when the handle is closed
  for (const auto& [name, value] : headers) {
    const auto line = name + L": " + value;
    if (!WinHttpAddRequestHeaders(handle_.get(),
                                  line.c_str(),
                                  static_cast<DWORD>(line.size()),
                                  WINHTTP_ADDREQ_FLAG_ADD | WINHTTP_ADDREQ_FLAG_REPLACE)) {
      return OfWinHttp(GetLastError(), 0);
    }
  }
  const auto sent = Wait(WinHttpSendRequest(
      handle_.get(), WINHTTP_NO_ADDITIONAL_HEADERS, 0, WINHTTP_NO_REQUEST_DATA, 0, 0, context));
  if (sent.outcome != Outcome::kDone) return sent;
  return Wait(WinHttpReceiveResponse(handle_.get(), nullptr));
}

// DOC: WINHTTP_OPTION_SECURITY_FLAGS and WINHTTP_ENABLE_SSL_REVOCATION, "Option Flags",
// learn.microsoft.com/windows/win32/winhttp/option-flags
Result HttpRequest::Secure(const HttpServer& server) {
  DWORD flags = server.security_flags_;
  if (flags != 0 &&
      !WinHttpSetOption(handle_.get(), WINHTTP_OPTION_SECURITY_FLAGS, &flags, sizeof(flags))) {
    return OfWinHttp(GetLastError(), 0);
  }
  DWORD feature = WINHTTP_ENABLE_SSL_REVOCATION;
  if (server.revocation_ &&
      !WinHttpSetOption(handle_.get(), WINHTTP_OPTION_ENABLE_FEATURE, &feature, sizeof(feature))) {
    return OfWinHttp(GetLastError(), 0);
  }
  return {};
}

bool HttpRequest::WasRedirected() const {
  std::lock_guard<std::mutex> lock(exchange_->mu);
  return exchange_->redirects > 0;
}

std::wstring HttpRequest::ServerAddress() const {
  WINHTTP_CONNECTION_INFO info{};
  info.cbSize = sizeof(info);
  DWORD size = sizeof(info);
  if (!WinHttpQueryOption(handle_.get(), WINHTTP_OPTION_CONNECTION_INFO, &info, &size)) return {};
  std::wstring text(INET6_ADDRSTRLEN, L'\0');
  const auto* const address = &info.RemoteAddress;
  const void* bytes = nullptr;
  if (address->ss_family == AF_INET) {
    bytes = &reinterpret_cast<const sockaddr_in*>(address)->sin_addr;
  } else if (address->ss_family == AF_INET6) {
    bytes = &reinterpret_cast<const sockaddr_in6*>(address)->sin6_addr;
  }
  if (!bytes || !InetNtopW(address->ss_family, bytes, text.data(), text.size())) return {};
  text.resize(text.find(L'\0'));
  return text;
}

std::wstring HttpRequest::FinalUrl() const {
  std::lock_guard<std::mutex> lock(exchange_->mu);
  return exchange_->url;
}

// Never more than is there: for the rest of a buffer, Wine waits within the call.
Result HttpRequest::Read(const unsigned char*& bytes, std::uint32_t& size) {
  const auto asked = Wait(WinHttpQueryDataAvailable(handle_.get(), nullptr));
  if (asked.outcome != Outcome::kDone) return asked;
  bytes = exchange_->buffer.data();
  size = std::min(exchange_->Size(), kBufferSize);
  if (size == 0) return asked;
  const auto read = Wait(WinHttpReadData(handle_.get(), exchange_->buffer.data(), size, nullptr));
  size = exchange_->Size();
  return read;
}

Result HttpRequest::Wait(BOOL begun) {
  if (!begun) return OfWinHttp(GetLastError(), 0);
  const HANDLE ends[] = {patience_.stop.event(), exchange_->completed};
  const auto started = GetTickCount64();
  for (;;) {
    // Of both, the stop is told.
    const auto woken = WaitForMultipleObjects(2, ends, FALSE, static_cast<DWORD>(kGlance.count()));
    if (woken == WAIT_OBJECT_0) return {Outcome::kStopped, S_OK, false};
    if (patience_.events.NetworkLost()) {
      return Transient(dosvc::abi::DO_E_BLOCKED_BY_NO_NETWORK);
    }
    if (woken == WAIT_OBJECT_0 + 1) break;
    const auto waited = GetTickCount64() - started;
    if (waited >= static_cast<ULONGLONG>(patience_.no_progress.count())) {
      return OfWinHttp(ERROR_WINHTTP_TIMEOUT, 0);
    }
  }
  std::lock_guard<std::mutex> lock(exchange_->mu);
  if (exchange_->redirects > kMostRedirects) return OfWinHttp(ERROR_WINHTTP_REDIRECT_FAILED, 0);
  return exchange_->error == ERROR_SUCCESS ? Result{}
                                           : OfWinHttp(exchange_->error, exchange_->insecure);
}

}  // namespace dosvc_stand_in
