// SPDX-License-Identifier: MIT
//
// The plain values that cross from JavaScript to a service's interface and back, and the outcome of
// a call. Portable: this file depends on neither Node-API nor COM. One thread at a time owns a
// value, which is moved from layer to layer.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace dosvc {

class Object;
// Shared ownership of the object that a handle stands for. Dropping the last reference destroys the
// object on its strand, so a value that is never used leaks nothing.
using ObjectRef = std::shared_ptr<Object>;

struct Value;
struct Field;
using Bytes = std::vector<std::uint8_t>;
using List = std::vector<Value>;
using Record = std::vector<Field>;

// An empty value is JavaScript's null (or undefined, on the way in).
struct Value {
  using Variant =
      std::variant<std::monostate, bool, double, std::u16string, Bytes, ObjectRef, List, Record>;

  Value() = default;
  ~Value() = default;
  // Copies the content first, then moves it in: if copying a variant throws, libstdc++ 12 destroys
  // content that was never constructed.
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

// A result's field is named once, by a string literal in the code that writes it. An argument's
// field has the name of its JavaScript property.
struct Field {
  std::string name;
  Value value;
};

// The field of a record, or null if the value is not a record or has no such field.
const Value* Find(const Value& value, const char* name);
Value* Find(Value& value, const char* name);

// Whether both are null, or both are the same flag, number or text. Values of other kinds never
// compare as the same.
bool Same(const Value& one, const Value& other);

// The whole number from 0 that a value is, or nothing for any other value.
std::optional<std::size_t> CountIn(const Value& value);

// Our names are ASCII. Other characters become '?', which occurs in no name, so nothing matches.
std::string ToAscii(const std::u16string& name);

// An argument may be a secret: a URL with its signature, a header, a password. The owner of each
// copy wipes it: a call wipes its arguments, a parameter what it passes.
void Wipe(void* data, std::size_t size) noexcept;
inline void Wipe(std::u16string& text) noexcept {
  Wipe(text.data(), text.size() * sizeof(char16_t));
}
void Wipe(Value& value) noexcept;  // all texts and bytes in it

// Where a call ended; kCall if it ended in the method itself.
enum class Stage : std::uint8_t {
  kCall,        // the method ran and returned
  kActivation,  // the service's class could not be activated
  kInterface,   // the object does not have the method's interface
  kArgument,    // an argument did not fit the method; nothing was sent
  kResult,      // the method returned, but its result could not be read completely
  kTimeout,     // the deadline passed
  kClosed,      // the environment or the object was closed first
  kSkipped,     // a condition did not hold; nothing was sent
};

// The HRESULT is kept on success too, because S_FALSE and the BG_S_ codes carry meaning.
struct Outcome {
  std::uint32_t hresult = 0;
  Value value;
  Stage stage = Stage::kCall;
  bool may_have_run = false;
  std::string detail;
};

// Memory ran out for the call or for its result.
Outcome OutOfMemory(bool may_have_run);
Outcome Fail(Stage stage, std::uint32_t hresult = 0);

// { hresult, value } and, where they apply, stage, mayHaveRun, detail.
Record ToRecord(Outcome outcome);

inline bool Failed(const Outcome& outcome) {
  return outcome.stage != Stage::kCall || (outcome.hresult & 0x80000000u) != 0;
}

}  // namespace dosvc
