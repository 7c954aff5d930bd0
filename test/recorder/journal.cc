// SPDX-License-Identifier: MIT

#include "journal.h"

#include <objbase.h>

#include <utility>

namespace recorder {

std::string Hex(const void* bytes, std::size_t count) {
  constexpr char kDigits[] = "0123456789abcdef";
  const auto* const from = static_cast<const std::uint8_t*>(bytes);
  std::string text;
  for (std::size_t i = 0; i < count; ++i) {
    text.push_back(kDigits[from[i] >> 4]);
    text.push_back(kDigits[from[i] & 15]);
  }
  return text;
}

Entry::Entry(const char* event) : text_(std::string("{\"event\":\"") + event + "\"") {}

Entry& Entry::Number(const char* name, std::uint64_t number) {
  text_ += std::string(",\"") + name + "\":" + std::to_string(number);
  return *this;
}

Entry& Entry::Text(const char* name, const std::string& text) {
  text_ += std::string(",\"") + name + "\":\"" + text + "\"";
  return *this;
}

Entry& Entry::Texts(const char* name, const std::vector<std::string>& texts) {
  text_ += std::string(",\"") + name + "\":[";
  for (const auto& text : texts) text_ += (&text == texts.data() ? "\"" : ",\"") + text + "\"";
  text_ += "]";
  return *this;
}

Entry& Entry::Guid(const char* name, REFGUID guid) {
  wchar_t text[39] = {};
  StringFromGUID2(guid, text, 39);
  return Text(name, std::string(text + 1, text + 37));
}

Entry& Entry::Place() {
  APTTYPE type = APTTYPE_CURRENT;
  APTTYPEQUALIFIER qualifier = APTTYPEQUALIFIER_NONE;
  const HRESULT hr = CoGetApartmentType(&type, &qualifier);
  Number("thread", GetCurrentThreadId());
  return Number("apartment", SUCCEEDED(hr) ? static_cast<std::uint64_t>(type) : ~0u);
}

Journal& Journal::Get() {
  static auto* const journal = new Journal();
  return *journal;
}

void Journal::Note(const Entry& entry) {
  std::lock_guard<std::mutex> lock(mu_);
  entries_ += (entries_.empty() ? "" : ",") + entry.Finish();
}

const char* Journal::Take() {
  std::lock_guard<std::mutex> lock(mu_);
  taken_ = "[" + std::exchange(entries_, std::string()) + "]";
  return taken_.c_str();
}

}  // namespace recorder
