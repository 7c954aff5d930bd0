// SPDX-License-Identifier: MIT
//
// The text format of records: one line per value, the name followed by the value.
#pragma once

#include <objbase.h>
#include <windows.h>

#include <cwchar>
#include <map>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>

namespace dosvc_stand_in {

// Escapes line breaks and backslashes in a text, and reverses it.
std::wstring Escape(const std::wstring& text);
std::wstring Unescape(const std::wstring& line);

std::wstring SpellGuid(const GUID& guid);

class LineWriter {
 public:
  void operator()(const wchar_t* name, const std::wstring& value) {
    if (!value.empty()) Line(name, Escape(value));
  }
  void operator()(const wchar_t* name, const GUID& value) { Line(name, SpellGuid(value)); }
  template <typename Value>
  void operator()(const wchar_t* name, const std::optional<Value>& value) {
    if (value) (*this)(name, *value);
  }
  template <typename Number,
            typename = std::enable_if_t<std::is_arithmetic_v<Number> || std::is_enum_v<Number>>>
  void operator()(const wchar_t* name, Number value) {
    Line(name, std::to_wstring(static_cast<std::int64_t>(value)));
  }
  void Line(const wchar_t* name, const std::wstring& value) {
    text_ += name;
    text_ += L' ';
    text_ += value;
    text_ += L'\n';
  }
  std::wstring Take() { return std::move(text_); }

 private:
  std::wstring text_;
};

// Reads the values of one section of a text by name.
class LineReader {
 public:
  explicit LineReader(std::map<std::wstring, std::wstring> values) : values_(std::move(values)) {}

  void operator()(const wchar_t* name, std::wstring& value) const {
    if (const auto* line = Find(name)) value = Unescape(*line);
  }
  void operator()(const wchar_t* name, GUID& value) const {
    if (const auto* line = Find(name)) CLSIDFromString(line->c_str(), &value);
  }
  template <typename Value>
  void operator()(const wchar_t* name, std::optional<Value>& value) const {
    if (!Find(name)) return;
    (*this)(name, value.emplace());
  }
  template <typename Number,
            typename = std::enable_if_t<std::is_arithmetic_v<Number> || std::is_enum_v<Number>>>
  void operator()(const wchar_t* name, Number& value) const {
    if (const auto* line = Find(name)) {
      value = static_cast<Number>(std::wcstoll(line->c_str(), nullptr, 10));
    }
  }

 private:
  const std::wstring* Find(const wchar_t* name) const {
    const auto found = values_.find(name);
    return found == values_.end() ? nullptr : &found->second;
  }

  std::map<std::wstring, std::wstring> values_;
};

}  // namespace dosvc_stand_in
