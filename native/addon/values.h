// SPDX-License-Identifier: MIT
//
// Plain values to JavaScript and back. A handle crosses as `{ handle: number }` in both directions.
#pragma once

#include <napi.h>

#include <cstdint>
#include <unordered_map>

#include "core/value.h"

namespace dosvc::addon {

// What an environment's integers stand for. [JS] only.
class Handles {
 public:
  std::uint32_t Reserve() { return next_++; }
  void Put(std::uint32_t handle, ObjectRef object) { objects_.emplace(handle, std::move(object)); }
  std::uint32_t Add(ObjectRef object);
  ObjectRef Find(std::uint32_t handle) const;
  bool Release(std::uint32_t handle) { return objects_.erase(handle) != 0; }
  void Clear() { objects_.clear(); }
  std::size_t size() const { return objects_.size(); }

 private:
  std::unordered_map<std::uint32_t, ObjectRef> objects_;
  std::uint32_t next_ = 1;
};

// Throws a TypeError and gives null where the value is of no kind that crosses.
Value FromJs(const Napi::Value& value, const Handles& handles);
Napi::Value ToJs(Napi::Env env, Value& value, Handles& handles);

}  // namespace dosvc::addon
