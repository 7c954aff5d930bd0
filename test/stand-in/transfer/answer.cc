// SPDX-License-Identifier: MIT

#include "stand-in/transfer/answer.h"

#include <iterator>

namespace dosvc_stand_in {
namespace {

std::wstring Header(HINTERNET request, DWORD which) {
  DWORD bytes = 0;
  WinHttpQueryHeaders(request,
                      which,
                      WINHTTP_HEADER_NAME_BY_INDEX,
                      WINHTTP_NO_OUTPUT_BUFFER,
                      &bytes,
                      WINHTTP_NO_HEADER_INDEX);
  if (GetLastError() != ERROR_INSUFFICIENT_BUFFER) return {};
  std::wstring text(bytes / sizeof(wchar_t) + 1, L'\0');
  bytes = static_cast<DWORD>(text.size() * sizeof(wchar_t));
  const auto found = WinHttpQueryHeaders(
      request, which, WINHTTP_HEADER_NAME_BY_INDEX, text.data(), &bytes, WINHTTP_NO_HEADER_INDEX);
  text.resize(found ? bytes / sizeof(wchar_t) : 0);
  return text;
}

// Reads digits at `at`, and steps behind them. kUnknownSize where there are none.
std::uint64_t Number(const std::wstring& text, std::size_t& at) {
  const auto start = at;
  std::uint64_t number = 0;
  for (; at < text.size() && text[at] >= L'0' && text[at] <= L'9'; ++at) {
    const auto digit = static_cast<std::uint64_t>(text[at] - L'0');
    if (number > (kUnknownSize - digit) / 10) return kUnknownSize;
    number = number * 10 + digit;
  }
  return at == start ? kUnknownSize : number;
}

bool Skip(const std::wstring& text, std::size_t& at, wchar_t expected) {
  if (at >= text.size() || text[at] != expected) return false;
  ++at;
  return true;
}

// DOC: RFC 9110, 14.4: "bytes 0-99/1000", "bytes 0-99/*", "bytes */1000".
void ReadContentRange(const std::wstring& text, Answer& answer) {
  constexpr wchar_t kUnit[] = L"bytes ";
  std::size_t at = std::size(kUnit) - 1;
  if (text.compare(0, at, kUnit) != 0) return;
  std::uint64_t first = kUnknownSize;
  std::uint64_t last = kUnknownSize;
  if (!Skip(text, at, L'*')) {
    first = Number(text, at);
    if (!Skip(text, at, L'-')) return;
    last = Number(text, at);
    if (first == kUnknownSize || last == kUnknownSize || last < first) return;
  }
  if (!Skip(text, at, L'/')) return;
  answer.size = Number(text, at);
  answer.first = first;
  answer.last = last;
}

}  // namespace

std::uint64_t Answer::Length() const {
  return status == HTTP_STATUS_PARTIAL_CONTENT ? last - first + 1 : content_length;
}

Answer ReadAnswer(HINTERNET request) {
  Answer answer;
  DWORD size = sizeof(answer.status);
  WinHttpQueryHeaders(request,
                      WINHTTP_QUERY_STATUS_CODE | WINHTTP_QUERY_FLAG_NUMBER,
                      WINHTTP_HEADER_NAME_BY_INDEX,
                      &answer.status,
                      &size,
                      WINHTTP_NO_HEADER_INDEX);
  answer.headers = Header(request, WINHTTP_QUERY_RAW_HEADERS_CRLF);
  answer.etag = Header(request, WINHTTP_QUERY_ETAG);
  answer.last_modified = Header(request, WINHTTP_QUERY_LAST_MODIFIED);
  answer.location = Header(request, WINHTTP_QUERY_LOCATION);
  std::size_t at = 0;
  // Of a body in chunks it says nothing.
  if (Header(request, WINHTTP_QUERY_TRANSFER_ENCODING).empty()) {
    answer.content_length = Number(Header(request, WINHTTP_QUERY_CONTENT_LENGTH), at);
  }
  ReadContentRange(Header(request, WINHTTP_QUERY_CONTENT_RANGE), answer);
  return answer;
}

}  // namespace dosvc_stand_in
