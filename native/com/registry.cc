// SPDX-License-Identifier: MIT

#include "com/registry.h"

namespace dosvc {

const Method* FindMethod(std::string_view address) { return com::Registry::Get().FindRow(address); }

namespace com {

const Registry& Registry::Get() {
  static const Registry* const registry = new Registry();
  return *registry;
}

Registry::Registry() { AddRows(*this); }

void Registry::Add(const char* name, const IID& iid, std::initializer_list<RowEntry> rows) {
  interfaces_.emplace(name, &iid);
  for (const auto& row : rows) {
    rows_.try_emplace(std::string(name) + "::" + row.name, ComMethod{{row.order}, &iid, row.run});
  }
}

const ComMethod* Registry::FindRow(std::string_view address) const {
  const auto found = rows_.find(std::string(address));
  return found == rows_.end() ? nullptr : &found->second;
}

const IID* Registry::FindInterface(std::string_view name) const {
  const auto found = interfaces_.find(std::string(name));
  return found == interfaces_.end() ? nullptr : found->second;
}

}  // namespace com
}  // namespace dosvc
