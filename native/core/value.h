// SPDX-License-Identifier: MIT
//
// The plain values that cross from JavaScript to a service's interface and back, and the outcome of
// a call. Portable: neither Node-API nor COM is known here. A value is owned by one thread at a
// time and moves from floor to floor.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace dosvc {

class Object;
// The one owner of what a handle stands for. Dropping the last one lets the object go on its
// strand, so that a value nobody took leaks nothing.
using ObjectRef = std::shared_ptr<Object>;

struct Value;
struct Field;
using Bytes = std::vector<std::uint8_t>;
using List = std::vector<Value>;
using Record = std::vector<Field>;

// Empty is JavaScript's null (and undefined, on the way in).
struct Value {
  using Variant =
      std::variant<std::monostate, bool, double, std::u16string, Bytes, ObjectRef, List, Record>;

  Value() = default;
  ~Value() = default;
  // By way of a copy of what is in it: libstdc++ 12 destroys what was never made where copying a
  // variant throws.
  Value(const Value& other) {
    std::visit([this](auto copy) { data = std::move(copy); }, other.data);
  }
  Value& operator=(const Value& other) { return *this = Value(other); }
  Value(Value&&) = default;
  Value& operator=(Value&&) = default;
  Value(bool value) : data(value) {}
  Value(double value) : data(value) {}
  Value(std::u16string value) : data(std::move(value)) {}
  Value(Bytes value) : data(std::move(value)) {}
  Value(ObjectRef value) : data(std::move(value)) {}
  Value(List value) : data(std::move(value)) {}
  Value(Record value) : data(std::move(value)) {}

  bool IsNull() const { return std::holds_alternative<std::monostate>(data); }

  template <typename T>
  const T* As() const {
    return std::get_if<T>(&data);
  }

  Variant data;
};

// Names are string literals: results name their fields once, in the code that writes them.
struct Field {
  std::string name;
  Value value;
};

// The field of a record, or null where the value is no record or has no such field.
const Value* Find(const Value& value, const char* name);
Value* Find(Value& value, const char* name);

// Names of ours are ASCII; what is not becomes another name that nothing has.
std::string Narrow(const std::u16string& name);

// What goes in may be a secret: an address with its signature, a header, a password. Whoever owns a
// copy wipes it: the call its arguments, a parameter what it passes.
void Wipe(void* data, std::size_t size) noexcept;
inline void Wipe(std::u16string& text) noexcept {
  Wipe(text.data(), text.size() * sizeof(char16_t));
}
void Wipe(Value& value) noexcept;  // all texts and bytes in it

// Where a call ended, when it did not end in the method itself.
enum class Stage : std::uint8_t {
  kCall,        // the method ran and answered
  kActivation,  // the service's class could not be activated
  kInterface,   // the object does not have the method's interface
  kArgument,    // an argument did not fit the method; nothing was sent
  kResult,      // the method answered, but its result could not be read to the end
  kTimeout,     // the deadline passed
  kClosed,      // the environment or the object was closed first
};

// The code is kept on success too: S_FALSE and the BG_S_ codes mean something.
struct Outcome {
  std::uint32_t hresult = 0;
  Value value;
  Stage stage = Stage::kCall;
  bool may_have_run = false;
  std::string detail;
};

// There was no memory for the call, or for what it answered.
Outcome OutOfMemory(bool may_have_run);

const char* NameOf(Stage stage);

// { hresult, value } and, where they apply, stage, mayHaveRun, detail.
Record ToRecord(Outcome outcome);

inline bool Failed(const Outcome& outcome) {
  return outcome.stage != Stage::kCall || (outcome.hresult & 0x80000000u) != 0;
}

}  // namespace dosvc
