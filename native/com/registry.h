// SPDX-License-Identifier: MIT
//
// The index of all rows by address, and of all interfaces that have rows by name.
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
  RunRow run;
};

class Registry {
 public:
  // [any] Built on first use, never destroyed.
  static const Registry& Get();

  const ComMethod* FindRow(std::string_view address) const;
  const IID* FindInterface(std::string_view name) const;

  // A row is called on the table's interface. Its method pointer does not give that interface: it
  // gives the one that declares the method, which may be a base.
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

// Adds the rows of every interface. Defined in interfaces.cc.
void AddRows(Registry& registry);

}  // namespace dosvc::com
