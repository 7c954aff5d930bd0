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

// Reads one value and everything in it. If that fails, an exception is pending: ours, or one from a
// getter or a proxy.
class Reader {
 public:
  Reader(napi_env env, const Handles& handles) : env_(env), handles_(handles) {}

  Value Read(napi_value value, int depth = 0) {
    napi_valuetype type{};
    if (!Ok(napi_typeof(env_, value, &type)) || !Count(1)) return {};
    switch (type) {
      case napi_undefined:
      case napi_null:
        return {};
      case napi_boolean: {
        bool flag = false;
        Ok(napi_get_value_bool(env_, value, &flag));
        return flag;
      }
      case napi_number: {
        double number = 0;
        Ok(napi_get_value_double(env_, value, &number));
        return number;
      }
      case napi_string:
        return ReadString<std::u16string>(value, napi_get_value_string_utf16);
      case napi_object:
        return depth < kDeepest ? ReadObject(value, depth + 1)
                                : TooMuch("a value that is nested more than 128 levels deep");
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
  Value Refuse(const char* message) {
    failed_ = true;
    bool pending = false;
    napi_is_exception_pending(env_, &pending);
    if (!pending) napi_throw_type_error(env_, "ERR_INVALID_ARG_TYPE", message);
    return {};
  }

  Value TooMuch(const char* what) {
    if (!std::exchange(failed_, true)) {
      const auto message = std::string(what) + " does not cross to the service";
      napi_throw_range_error(env_, "ERR_OUT_OF_RANGE", message.c_str());
    }
    return {};
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
  String ReadString(napi_value value, Get get) {
    std::size_t length = 0;
    if (!Ok(get(env_, value, nullptr, 0, &length)) ||
        !CountBytes(length * sizeof(typename String::value_type))) {
      return {};
    }
    String string(length, 0);
    // The terminator that Node-API writes replaces the string's own.
    Ok(get(env_, value, string.data(), length + 1, &length));
    return string;
  }

  Value ReadObject(napi_value value, int depth) {
    bool is = false;
    if (!Ok(napi_is_array(env_, value, &is))) return {};
    if (is) return ReadList(value, depth);
    if (!Ok(napi_is_typedarray(env_, value, &is))) return {};
    return is ? ReadBytes(value) : ReadRecord(value, depth);
  }

  Value ReadList(napi_value array, int depth) {
    std::uint32_t length = 0;
    if (!Ok(napi_get_array_length(env_, array, &length)) || !Count(length)) return {};
    List list;
    list.reserve(length);
    for (std::uint32_t i = 0; i < length && !failed_; ++i) {
      Napi::HandleScope scope(env_);  // a list may be long: frees the handles of each item
      napi_value item = nullptr;
      if (Ok(napi_get_element(env_, array, i, &item))) list.push_back(Read(item, depth));
    }
    return list;
  }

  Value ReadBytes(napi_value array) {
    napi_typedarray_type type{};
    std::size_t length = 0;
    void* data = nullptr;
    napi_value buffer = nullptr;
    bool detached = false;
    if (!Ok(napi_get_typedarray_info(env_, array, &type, &length, &data, &buffer, nullptr)) ||
        !Ok(napi_is_detached_arraybuffer(env_, buffer, &detached))) {
      return {};
    }
    if (detached) return Refuse("an array whose ArrayBuffer is detached");
    if (type != napi_uint8_array) return Refuse("bytes are a Uint8Array");
    if (!CountBytes(length)) return {};
    const auto* const bytes = static_cast<const std::uint8_t*>(data);
    return length == 0 ? Bytes() : Bytes(bytes, bytes + length);
  }

  Value ReadRecord(napi_value object, int depth) {
    napi_value names = nullptr;
    std::uint32_t length = 0;
    if (!Ok(napi_get_property_names(env_, object, &names)) ||
        !Ok(napi_get_array_length(env_, names, &length)) || !Count(length)) {
      return {};
    }
    Record record;
    record.reserve(length);
    for (std::uint32_t i = 0; i < length && !failed_; ++i) {
      Napi::HandleScope scope(env_);
      napi_value name = nullptr;
      napi_value field = nullptr;
      if (!Ok(napi_get_element(env_, names, i, &name)) ||
          !Ok(napi_get_property(env_, object, name, &field))) {
        break;
      }
      auto key = ReadString<std::string>(name, napi_get_value_string_utf8);
      if (key == "handle") return ReadHandle(field);
      record.push_back({std::move(key), Read(field, depth)});
    }
    return record;
  }

  Value ReadHandle(napi_value handle) {
    std::uint32_t number = 0;
    auto object =
        napi_get_value_uint32(env_, handle, &number) == napi_ok ? handles_.Find(number) : nullptr;
    if (!object) return Refuse("no such handle");
    return object;
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

Value FromJs(const Napi::Value& value, const Handles& handles) {
  return Reader(value.Env(), handles).Read(value);
}

Napi::Value ToJs(Napi::Env env, Value& value, Handles& handles) {
  return std::visit(Writer{env, handles}, value.data);
}

}  // namespace dosvc::addon
