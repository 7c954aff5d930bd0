// SPDX-License-Identifier: MIT

#include "core/value.h"

#include <algorithm>
#include <limits>

namespace dosvc {
namespace {

const char* NameOf(Stage stage) {
  switch (stage) {
    case Stage::kCall:
      break;
    case Stage::kActivation:
      return "activation";
    case Stage::kInterface:
      return "interface";
    case Stage::kArgument:
      return "argument";
    case Stage::kResult:
      return "result";
    case Stage::kTimeout:
      return "timeout";
    case Stage::kClosed:
      return "closed";
    case Stage::kSkipped:
      return "skipped";
  }
  return "call";
}

}  // namespace

const Value* Find(const Value& value, const char* name) {
  const auto* record = value.As<Record>();
  if (record == nullptr) return nullptr;
  for (const auto& field : *record) {
    if (field.name == name) return &field.value;
  }
  return nullptr;
}

Value* Find(Value& value, const char* name) {
  return const_cast<Value*>(Find(std::as_const(value), name));
}

bool Same(const Value& one, const Value& other) {
  const auto both = [&](const auto* type) {
    const auto* const a = one.As<std::decay_t<decltype(*type)>>();
    const auto* const b = other.As<std::decay_t<decltype(*type)>>();
    return a != nullptr && b != nullptr && *a == *b;
  };
  return (one.IsNull() && other.IsNull()) || both(static_cast<bool*>(nullptr)) ||
         both(static_cast<double*>(nullptr)) || both(static_cast<std::u16string*>(nullptr));
}

std::string ToAscii(const std::u16string& name) {
  std::string ascii;
  ascii.reserve(name.size());
  for (const auto unit : name) ascii.push_back(unit < 0x80 ? static_cast<char>(unit) : '?');
  return ascii;
}

// Volatile, because the compiler could otherwise omit writes to memory that is never read again.
void Wipe(void* data, std::size_t size) noexcept {
  auto* const bytes = static_cast<volatile unsigned char*>(data);
  for (std::size_t i = 0; i < size; ++i) bytes[i] = 0;
}

std::optional<std::size_t> CountIn(const Value& value) {
  constexpr double kMost =
      std::min(9007199254740991.0, static_cast<double>(std::numeric_limits<std::size_t>::max()));
  const auto* const number = value.As<double>();
  const bool counts = number != nullptr && *number >= 0 && *number <= kMost;
  return counts ? std::optional(static_cast<std::size_t>(*number)) : std::nullopt;
}

void Wipe(Value& value) noexcept {
  if (auto* const text = std::get_if<std::u16string>(&value.data)) {
    Wipe(*text);
  } else if (auto* const bytes = std::get_if<Bytes>(&value.data)) {
    Wipe(bytes->data(), bytes->size());
  } else if (auto* const list = std::get_if<List>(&value.data)) {
    for (auto& item : *list) Wipe(item);
  } else if (auto* const record = std::get_if<Record>(&value.data)) {
    for (auto& field : *record) Wipe(field.value);
  }
}

Outcome OutOfMemory(bool may_have_run) {
  Outcome outcome;
  outcome.hresult = 0x8007000e;  // E_OUTOFMEMORY
  outcome.may_have_run = may_have_run;
  return outcome;
}

Outcome Fail(Stage stage, std::uint32_t hresult) {
  Outcome outcome;
  outcome.stage = stage;
  outcome.hresult = hresult;
  return outcome;
}

Record ToRecord(Outcome outcome) {
  const auto text = [](const std::string& ascii) {
    return std::u16string(ascii.begin(), ascii.end());
  };
  Record record;
  record.push_back({"hresult", static_cast<double>(outcome.hresult)});
  record.push_back({"value", std::move(outcome.value)});
  if (outcome.stage != Stage::kCall) record.push_back({"stage", text(NameOf(outcome.stage))});
  if (outcome.may_have_run) record.push_back({"mayHaveRun", true});
  if (!outcome.detail.empty()) record.push_back({"detail", text(outcome.detail)});
  return record;
}

}  // namespace dosvc
