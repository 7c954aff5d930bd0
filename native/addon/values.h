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
  // The next one; and lets go of all from one on.
  std::uint32_t next() const { return next_; }
  void ReleaseFrom(std::uint32_t first);
  void Clear() { objects_.clear(); }
  std::size_t size() const { return objects_.size(); }

 private:
  std::unordered_map<std::uint32_t, ObjectRef> objects_;
  std::uint32_t next_ = 1;
};

// Throws a TypeError where the value is of no kind that crosses, and a RangeError where it is too
// much; what a getter or a proxy throws comes through. The value is null then.
Value FromJs(const Napi::Value& value, const Handles& handles);
Napi::Value ToJs(Napi::Env env, Value& value, Handles& handles);

}  // namespace dosvc::addon
