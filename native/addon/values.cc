// SPDX-License-Identifier: MIT

#include "addon/values.h"

#include <cstddef>
#include <string>
#include <utility>

#include "core/object.h"

namespace dosvc::addon {
namespace {

// Limits that keep a JavaScript value from exhausting the stack or the memory. A value beyond them
// is refused before it is copied.
constexpr int kDeepest = 128;
constexpr std::size_t kMostValues = 1u << 20;
constexpr std::size_t kMostBytes = 64u << 20;

// Reads one value and everything in it, in place: whatever ends the reading, the root owns all that
// was read. If it fails, an exception is pending: ours, or one from a getter or a proxy.
class Reader {
 public:
  Reader(napi_env env, const Handles& handles) : env_(env), handles_(handles) {}

  void Read(napi_value value, Value* into, int depth = 0) {
    napi_valuetype type{};
    if (!Ok(napi_typeof(env_, value, &type)) || !Count(1)) return;
    switch (type) {
      case napi_undefined:
      case napi_null:
        return;
      case napi_boolean:
        Ok(napi_get_value_bool(env_, value, &into->data.emplace<bool>()));
        return;
      case napi_number:
        Ok(napi_get_value_double(env_, value, &into->data.emplace<double>()));
        return;
      case napi_string:
        ReadString(value, &into->data.emplace<std::u16string>(), napi_get_value_string_utf16);
        return;
      case napi_object:
        if (depth < kDeepest) return ReadObject(value, into, depth + 1);
        return TooMuch("a value that is nested more than 128 levels deep");
      default:
        return Refuse("a value of this type does not cross to the service");
    }
  }

 private:
  bool Ok(napi_status status) {
    if (status == napi_ok && !failed_) return true;
    if (!failed_) Refuse("a value that cannot be read");
    return false;
  }

  // An exception that is already pending stays.
  void Refuse(const char* message) {
    failed_ = true;
    bool pending = false;
    napi_is_exception_pending(env_, &pending);
    if (!pending) napi_throw_type_error(env_, "ERR_INVALID_ARG_TYPE", message);
  }

  void TooMuch(const char* what) {
    if (std::exchange(failed_, true)) return;
    const auto message = std::string(what) + " does not cross to the service";
    napi_throw_range_error(env_, "ERR_OUT_OF_RANGE", message.c_str());
  }

  bool Count(std::size_t values) {
    return Take(values, &values_left_, "a value with more than 1,048,576 values in it");
  }
  bool CountBytes(std::size_t bytes) {
    return Take(bytes, &bytes_left_, "a value of more than 64 MiB");
  }
  bool Take(std::size_t amount, std::size_t* left, const char* what) {
    const bool enough = amount <= *left;
    *left -= enough ? amount : 0;
    if (!enough) TooMuch(what);
    return enough;
  }

  // As UTF-16 or UTF-8, with the function of Node-API that reads it.
  template <typename String, typename Get>
  void ReadString(napi_value value, String* into, Get get) {
    std::size_t length = 0;
    if (!Ok(get(env_, value, nullptr, 0, &length)) ||
        !CountBytes(length * sizeof(typename String::value_type))) {
      return;
    }
    into->resize(length);
    // The terminator that Node-API writes replaces the string's own.
    Ok(get(env_, value, into->data(), length + 1, &length));
  }

  void ReadObject(napi_value value, Value* into, int depth) {
    bool is = false;
    if (!Ok(napi_is_array(env_, value, &is))) return;
    if (is) return ReadList(value, into, depth);
    if (!Ok(napi_is_typedarray(env_, value, &is))) return;
    is ? ReadBytes(value, into) : ReadRecord(value, into, depth);
  }

  void ReadList(napi_value array, Value* into, int depth) {
    std::uint32_t length = 0;
    if (!Ok(napi_get_array_length(env_, array, &length)) || !Count(length)) return;
    auto& list = into->data.emplace<List>();
    list.reserve(length);
    for (std::uint32_t i = 0; i < length && !failed_; ++i) {
      Napi::HandleScope scope(env_);  // a list may be long: frees the handles of each item
      napi_value item = nullptr;
      if (Ok(napi_get_element(env_, array, i, &item))) Read(item, &list.emplace_back(), depth);
    }
  }

  void ReadBytes(napi_value array, Value* into) {
    napi_typedarray_type type{};
    std::size_t length = 0;
    void* data = nullptr;
    napi_value buffer = nullptr;
    bool detached = false;
    if (!Ok(napi_get_typedarray_info(env_, array, &type, &length, &data, &buffer, nullptr)) ||
        !Ok(napi_is_detached_arraybuffer(env_, buffer, &detached))) {
      return;
    }
    if (detached) return Refuse("an array whose ArrayBuffer is detached");
    if (type != napi_uint8_array) return Refuse("bytes are a Uint8Array");
    if (!CountBytes(length)) return;
    const auto* const bytes = static_cast<const std::uint8_t*>(data);
    auto& copy = into->data.emplace<Bytes>();
    if (length != 0) copy.assign(bytes, bytes + length);
  }

  void ReadRecord(napi_value object, Value* into, int depth) {
    napi_value names = nullptr;
    std::uint32_t length = 0;
    if (!Ok(napi_get_property_names(env_, object, &names)) ||
        !Ok(napi_get_array_length(env_, names, &length)) || !Count(length)) {
      return;
    }
    auto& record = into->data.emplace<Record>();
    record.reserve(length);
    for (std::uint32_t i = 0; i < length && !failed_; ++i) {
      Napi::HandleScope scope(env_);
      napi_value name = nullptr;
      napi_value field = nullptr;
      if (!Ok(napi_get_element(env_, names, i, &name)) ||
          !Ok(napi_get_property(env_, object, name, &field))) {
        break;
      }
      auto& [key, value] = record.emplace_back();
      ReadString(name, &key, napi_get_value_string_utf8);
      if (key == "handle") return ReadHandle(field, into);
      Read(field, &value, depth);
    }
  }

  void ReadHandle(napi_value handle, Value* into) {
    std::uint32_t number = 0;
    auto object =
        napi_get_value_uint32(env_, handle, &number) == napi_ok ? handles_.Find(number) : nullptr;
    if (!object) return Refuse("no such handle");
    Wipe(*into);
    into->data = std::move(object);
  }

  const napi_env env_;
  const Handles& handles_;
  std::size_t values_left_ = kMostValues;
  std::size_t bytes_left_ = kMostBytes;
  bool failed_ = false;
};

// A visitor for std::visit, with one conversion to JavaScript for each kind of value.
struct Writer {
  Napi::Env env;
  Handles& handles;

  Napi::Value operator()(std::monostate) const { return env.Null(); }
  Napi::Value operator()(bool value) const { return Napi::Boolean::New(env, value); }
  Napi::Value operator()(double value) const { return Napi::Number::New(env, value); }
  Napi::Value operator()(const std::u16string& value) const {
    return Napi::String::New(env, value);
  }
  // Always copied: Electron's memory cage refuses buffers that live outside of V8's heap.
  Napi::Value operator()(const Bytes& value) const {
    return Napi::Buffer<std::uint8_t>::Copy(env, value.data(), value.size());
  }
  Napi::Value operator()(ObjectRef& value) const {
    if (!value) return env.Null();
    auto object = Napi::Object::New(env);
    object.Set("handle", handles.Add(std::move(value)));
    return object;
  }
  Napi::Value operator()(List& value) const {
    auto array = Napi::Array::New(env, value.size());
    for (std::uint32_t i = 0; i < value.size(); ++i) array.Set(i, ToJs(env, value[i], handles));
    return array;
  }
  Napi::Value operator()(Record& value) const {
    auto object = Napi::Object::New(env);
    for (auto& field : value) object.Set(field.name, ToJs(env, field.value, handles));
    return object;
  }
};

}  // namespace

std::uint32_t Handles::Add(ObjectRef object) {
  const auto handle = Reserve();
  Put(handle, std::move(object));
  return handle;
}

bool Handles::Release(std::uint32_t handle) {
  const auto object = Find(handle);
  if (!object) return false;
  objects_.erase(handle);
  object->Released();
  return true;
}

void Handles::ReleaseFrom(std::uint32_t first) {
  for (auto handle = first; handle != next_; ++handle) objects_.erase(handle);
}

ObjectRef Handles::Find(std::uint32_t handle) const {
  const auto found = objects_.find(handle);
  return found == objects_.end() ? nullptr : found->second;
}

void FromJs(const Napi::Value& value, const Handles& handles, Value* into) {
  Reader(value.Env(), handles).Read(value, into);
}

Napi::Value ToJs(Napi::Env env, Value& value, Handles& handles) {
  return std::visit(Writer{env, handles}, value.data);
}

}  // namespace dosvc::addon
