// SPDX-License-Identifier: MIT
//
// All rows by address, and all interfaces that have rows by name.
#pragma once

#include <windows.h>

#include <initializer_list>
#include <string>
#include <string_view>
#include <unordered_map>

#include "com/iid.h"
#include "com/row.h"
#include "core/engine.h"

namespace dosvc::com {

struct ComMethod : Method {
  const IID* iid;
  Effect effect;
  RunRow run;
};

class Registry {
 public:
  // [any] Built with the first use, never destroyed.
  static const Registry& Get();

  const ComMethod* FindRow(std::string_view address) const;
  const IID* FindInterface(std::string_view name) const;

  // The interface that a row is called on is the table's: a method pointer deduces the interface
  // that declares the method, which may be a base.
  template <typename Interface>
  void Add(const char* name, std::initializer_list<RowEntry> rows) {
    Add(name, abi::kIidOf<Interface>, rows);
  }

 private:
  Registry();
  void Add(const char* name, const IID& iid, std::initializer_list<RowEntry> rows);

  std::unordered_map<std::string, ComMethod> rows_;
  std::unordered_map<std::string, const IID*> interfaces_;
};

}  // namespace dosvc::com
