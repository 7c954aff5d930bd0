// SPDX-License-Identifier: MIT
//
// Reads a value of the registry.
// https://learn.microsoft.com/windows/win32/api/winreg/nf-winreg-reggetvaluew

#include <windows.h>

#include <string>
#include <string_view>
#include <utility>

#include "system/readings.h"

namespace dosvc::system {
namespace {

class Key {
 public:
  Key() = default;
  ~Key() {
    if (key_ != nullptr) RegCloseKey(key_);
  }
  Key(const Key&) = delete;
  Key& operator=(const Key&) = delete;

  HKEY get() const { return key_; }
  // The policies are in the 64-bit view, whatever this process is.
  LSTATUS Open(HKEY hive, const std::u16string& path) {
    return RegOpenKeyExW(hive, WideOf(path), 0, KEY_QUERY_VALUE | KEY_WOW64_64KEY, &key_);
  }

 private:
  HKEY key_ = nullptr;
};

HKEY HiveOf(std::u16string_view name) {
  if (name == u"HKLM") return HKEY_LOCAL_MACHINE;
  return name == u"HKCU" ? HKEY_CURRENT_USER : nullptr;
}

constexpr DWORD kTexts = RRF_RT_REG_SZ | RRF_RT_REG_EXPAND_SZ | RRF_NOEXPAND;

Outcome ReadText(HKEY key, const std::u16string& name) {
  for (std::u16string text(256, u'\0');; text.resize(2 * text.size())) {
    auto bytes = static_cast<DWORD>(text.size() * sizeof(char16_t));
    const auto status =
        RegGetValueW(key, nullptr, WideOf(name), kTexts, nullptr, text.data(), &bytes);
    if (status == ERROR_MORE_DATA) continue;
    if (status != ERROR_SUCCESS) return FailWith(static_cast<DWORD>(status));
    text.resize(text.find(u'\0'));
    return Done(std::move(text));
  }
}

}  // namespace

Outcome ReadRegistry(const std::u16string& key, const std::u16string* name) {
  const auto end = key.find(u'\\');
  const auto hive = HiveOf(std::u16string_view(key).substr(0, end));
  if (hive == nullptr || end == std::u16string::npos) return FailWith(ERROR_INVALID_PARAMETER);
  Key opened;
  const auto status = opened.Open(hive, key.substr(end + 1));
  if (status != ERROR_SUCCESS) return FailWith(static_cast<DWORD>(status));
  if (name == nullptr) return Done(true);
  DWORD number = 0;
  DWORD bytes = sizeof(number);
  const auto found = RegGetValueW(
      opened.get(), nullptr, WideOf(*name), RRF_RT_REG_DWORD, nullptr, &number, &bytes);
  if (found == ERROR_SUCCESS) return Done(static_cast<double>(number));
  return ReadText(opened.get(), *name);
}

}  // namespace dosvc::system
