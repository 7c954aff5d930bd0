// SPDX-License-Identifier: MIT
//
// Converts plain values to JavaScript and back. A handle crosses as `{ handle: number }` in both
// directions.
#pragma once

#include <napi.h>

#include <cstdint>
#include <unordered_map>

#include "core/value.h"

namespace dosvc::addon {

// The objects that an environment's handles stand for. [JS] only.
class Handles {
 public:
  std::uint32_t Reserve() { return next_++; }
  void Put(std::uint32_t handle, ObjectRef object) { objects_.emplace(handle, std::move(object)); }
  std::uint32_t Add(ObjectRef object);
  ObjectRef Find(std::uint32_t handle) const;
  bool Release(std::uint32_t handle);
  // The next handle to be given out. ReleaseFrom releases every handle from `first` on.
  std::uint32_t next() const { return next_; }
  void ReleaseFrom(std::uint32_t first);
  void Clear() { objects_.clear(); }
  std::size_t size() const { return objects_.size(); }

 private:
  std::unordered_map<std::uint32_t, ObjectRef> objects_;
  std::uint32_t next_ = 1;
};

// What JavaScript gave. It may be secret, so all of it that nobody took is wiped: also if the call
// is refused, or memory runs out.
struct Given {
  Given() = default;
  ~Given() { Wipe(value); }
  Given(const Given&) = delete;
  Given& operator=(const Given&) = delete;

  Value value;
};

// Reads into an empty value. Throws a TypeError if the value is of a kind that cannot cross, and a
// RangeError if it exceeds the limits. An exception from a getter or a proxy propagates. While an
// exception is pending, what was read must not be used.
void FromJs(const Napi::Value& value, const Handles& handles, Value* into);
Napi::Value ToJs(Napi::Env env, Value& value, Handles& handles);

}  // namespace dosvc::addon
