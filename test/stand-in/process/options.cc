// SPDX-License-Identifier: MIT

#include "stand-in/process/options.h"

#include <cwchar>

namespace dosvc_stand_in {

bool Options::Parse(int count, wchar_t** arguments, Options& options) {
  int at = 1;
  if (at < count && arguments[at][0] != L'-') options.command = arguments[at++];
  for (; at + 1 < count; at += 2) {
    const std::wstring name = arguments[at];
    if (name == L"--class") {
      options.clsid = arguments[at + 1];
    } else if (name == L"--store") {
      options.store = arguments[at + 1];
    } else if (name == L"--gather") {
      options.gather = static_cast<std::uint32_t>(std::wcstoul(arguments[at + 1], nullptr, 10));
    } else if (name == L"--proxies") {
      options.proxies.push_back(arguments[at + 1]);
    } else {
      return false;
    }
  }
  return at == count;
}

}  // namespace dosvc_stand_in
