// SPDX-License-Identifier: MIT

#include "core/value.h"

namespace dosvc {

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

std::string Narrow(const std::u16string& name) {
  std::string narrow;
  narrow.reserve(name.size());
  for (const auto unit : name) narrow.push_back(unit < 0x80 ? static_cast<char>(unit) : '?');
  return narrow;
}

// Volatile: nobody reads it any more, and no compiler may leave it out for that.
void Wipe(void* data, std::size_t size) noexcept {
  auto* const bytes = static_cast<volatile unsigned char*>(data);
  for (std::size_t i = 0; i < size; ++i) bytes[i] = 0;
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
  }
  return "call";
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
