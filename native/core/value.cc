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

}  // namespace dosvc
