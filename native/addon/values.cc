// SPDX-License-Identifier: MIT

#include "addon/values.h"

#include <cstddef>
#include <string>
#include <utility>

namespace dosvc::addon {
namespace {

// No value of JavaScript exhausts the stack or the memory: what is more is refused before it is
// copied.
constexpr int kDeepest = 128;
constexpr std::size_t kMostValues = 1u << 20;
constexpr std::size_t kMostBytes = 64u << 20;

// Reads one value and all that is in it. Where that fails an exception is pending: ours, or that of
// a getter or a proxy.
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
        return ReadString(value);
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

  // An exception that is pending already stays.
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
    if (values > kMostValues - values_) {
      TooMuch("a value with more than 1,048,576 values in it");
      return false;
    }
    values_ += values;
    return true;
  }

  bool CountBytes(std::size_t bytes) {
    if (bytes > kMostBytes - bytes_) {
      TooMuch("a value of more than 64 MiB");
      return false;
    }
    bytes_ += bytes;
    return true;
  }

  Value ReadString(napi_value value) {
    std::size_t length = 0;
    if (!Ok(napi_get_value_string_utf16(env_, value, nullptr, 0, &length)) ||
        !CountBytes(length * sizeof(char16_t))) {
      return {};
    }
    std::u16string string(length, u'\0');
    // The terminator takes the place of the string's own.
    Ok(napi_get_value_string_utf16(env_, value, string.data(), length + 1, &length));
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
      HandleScope scope(env_);
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
      HandleScope scope(env_);
      napi_value name = nullptr;
      napi_value field = nullptr;
      if (!Ok(napi_get_element(env_, names, i, &name)) ||
          !Ok(napi_get_property(env_, object, name, &field))) {
        break;
      }
      auto spelled = Spell(name);
      if (spelled == "handle") return ReadHandle(field);
      record.push_back({std::move(spelled), Read(field, depth)});
    }
    return record;
  }

  std::string Spell(napi_value name) {
    std::size_t length = 0;
    if (!Ok(napi_get_value_string_utf8(env_, name, nullptr, 0, &length)) || !CountBytes(length)) {
      return {};
    }
    std::string spelled(length, '\0');
    Ok(napi_get_value_string_utf8(env_, name, spelled.data(), length + 1, &length));
    return spelled;
  }

  Value ReadHandle(napi_value handle) {
    std::uint32_t number = 0;
    auto object =
        napi_get_value_uint32(env_, handle, &number) == napi_ok ? handles_.Find(number) : nullptr;
    if (!object) return Refuse("no such handle");
    return object;
  }

  // A list may be long, and what was read of it is not needed any more.
  class HandleScope {
   public:
    explicit HandleScope(napi_env env) : env_(env) { napi_open_handle_scope(env, &scope_); }
    ~HandleScope() { napi_close_handle_scope(env_, scope_); }
    HandleScope(const HandleScope&) = delete;
    HandleScope& operator=(const HandleScope&) = delete;

   private:
    napi_env env_;
    napi_handle_scope scope_ = nullptr;
  };

  const napi_env env_;
  const Handles& handles_;
  std::size_t values_ = 0;
  std::size_t bytes_ = 0;
  bool failed_ = false;
};

// A visitor for std::visit: one way to JavaScript for each kind of value.
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
