// SPDX-License-Identifier: MIT

#include "stand-in/store/record_lines.h"

namespace dosvc_stand_in {

std::wstring Escape(const std::wstring& text) {
  std::wstring line;
  for (const wchar_t c : text) {
    if (c == L'\\') {
      line += L"\\\\";
    } else if (c == L'\n') {
      line += L"\\n";
    } else if (c == L'\r') {
      line += L"\\r";
    } else {
      line += c;
    }
  }
  return line;
}

std::wstring Unescape(const std::wstring& line) {
  std::wstring text;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] != L'\\' || i + 1 == line.size()) {
      text += line[i];
      continue;
    }
    const wchar_t c = line[++i];
    text += c == L'n' ? L'\n' : c == L'r' ? L'\r' : c;
  }
  return text;
}

std::wstring SpellGuid(const GUID& guid) {
  wchar_t text[39] = {};
  StringFromGUID2(guid, text, 39);
  return text;
}

}  // namespace dosvc_stand_in
