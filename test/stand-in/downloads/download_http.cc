// SPDX-License-Identifier: MIT
//
// DOC: DODownloadProperty,
// learn.microsoft.com/windows/win32/api/deliveryoptimization/ne-deliveryoptimization-dodownloadproperty

#include "stand-in/downloads/download_http.h"

#include <sstream>

#include "stand-in/service/user_agent.h"

namespace dosvc_stand_in {

using namespace dosvc::abi;

namespace {

constexpr DWORD kRevocation = 0x1;  // WINHTTP_ENABLE_SSL_REVOCATION

std::wstring Trimmed(const std::wstring& text) {
  const auto first = text.find_first_not_of(L" \t\r");
  if (first == std::wstring::npos) return {};
  return text.substr(first, text.find_last_not_of(L" \t\r") - first + 1);
}

// "The headers must already be formatted as standard HTTP headers." Other lines do not harm a
// download: do-client, tests/download_properties_tests.cpp, SmallDownloadWithCustomHeaders.
Headers HeadersIn(const std::wstring& text) {
  Headers headers;
  std::wistringstream lines(text);
  for (std::wstring line; std::getline(lines, line);) {
    const auto colon = line.find(L':');
    if (colon == std::wstring::npos) continue;
    const auto name = Trimmed(line.substr(0, colon));
    if (!name.empty()) headers.emplace_back(name, Trimmed(line.substr(colon + 1)));
  }
  return headers;
}

Headers HeadersOf(const DownloadRecord& record, DODownloadProperty id) {
  return HeadersIn(PropertyOf<std::wstring>(record, id));
}

}  // namespace

HttpOptions HttpOptionsOf(const DownloadRecord& record) {
  HttpOptions options;
  options.user_agent = kUserAgent;
  options.headers = HeadersOf(record, DODownloadProperty_HttpCustomHeaders);
  options.when_challenged = HeadersOf(record, DODownloadProperty_HttpCustomAuthHeaders);
  const auto flags = PropertyOf<std::uint32_t>(record, DODownloadProperty_SecurityFlags);
  // "If this flag is set, the above flags will be ignored."
  options.revocation = (flags & kRevocation) != 0;
  options.security_flags = options.revocation ? 0 : flags;
  options.allows_insecure_redirect =
      PropertyOf<bool>(record, DODownloadProperty_HttpAllowSecureToNonSecureRedirect);
  return options;
}

void TakeResponse(const Response& response, DownloadRecord& record) {
  auto& properties = record.properties;
  properties[DODownloadProperty_HttpStatusCode] = static_cast<std::uint32_t>(response.status);
  properties[DODownloadProperty_HttpResponseHeaders] = response.headers;
  if (!response.address.empty()) {
    properties[DODownloadProperty_HttpServerIPAddress] = response.address;
  }
  if (!response.redirect_url.empty()) {
    properties[DODownloadProperty_HttpRedirectionTarget] = response.redirect_url;
  }
}

}  // namespace dosvc_stand_in
