// SPDX-License-Identifier: MIT

#include "addon/values.h"

#include <utility>

namespace dosvc::addon {
namespace {

Napi::Value Reject(Napi::Env env, const char* message) {
  Napi::TypeError::New(env, message).ThrowAsJavaScriptException();
  return env.Null();
}

List ListFromJs(const Napi::Array& array, const Handles& handles) {
  List list;
  list.reserve(array.Length());
  for (std::uint32_t i = 0; i < array.Length(); ++i) {
    list.push_back(FromJs(array.Get(i), handles));
  }
  return list;
}

Value HandleFromJs(Napi::Env env, const Napi::Value& handle, const Handles& handles) {
  auto object = handle.IsNumber() ? handles.Find(handle.As<Napi::Number>().Uint32Value()) : nullptr;
  if (!object) Reject(env, "no such handle");
  return object;
}

Value RecordFromJs(const Napi::Object& object, const Handles& handles) {
  Record record;
  const auto names = object.GetPropertyNames();
  if (names.IsEmpty()) return record;
  record.reserve(names.Length());
  for (std::uint32_t i = 0; i < names.Length(); ++i) {
    const auto name = names.Get(i);
    if (!name.IsString()) break;
    const auto value = object.Get(name);
    auto spelled = name.As<Napi::String>().Utf8Value();
    if (spelled == "handle") return HandleFromJs(object.Env(), value, handles);
    record.push_back({std::move(spelled), FromJs(value, handles)});
  }
  return record;
}

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

ObjectRef Handles::Find(std::uint32_t handle) const {
  const auto found = objects_.find(handle);
  return found == objects_.end() ? nullptr : found->second;
}

Value FromJs(const Napi::Value& value, const Handles& handles) {
  switch (value.Type()) {
    case napi_undefined:
    case napi_null:
      return {};
    case napi_boolean:
      return value.As<Napi::Boolean>().Value();
    case napi_number:
      return value.As<Napi::Number>().DoubleValue();
    case napi_string:
      return value.As<Napi::String>().Utf16Value();
    case napi_object:
      break;
    default:
      Reject(value.Env(), "a value of this type does not cross to the service");
      return {};
  }
  if (value.IsArray()) return ListFromJs(value.As<Napi::Array>(), handles);
  if (value.IsTypedArray()) {
    const auto array = value.As<Napi::Uint8Array>();
    return Bytes(array.Data(), array.Data() + array.ByteLength());
  }
  return RecordFromJs(value.As<Napi::Object>(), handles);
}

Napi::Value ToJs(Napi::Env env, Value& value, Handles& handles) {
  return std::visit(Writer{env, handles}, value.data);
}

}  // namespace dosvc::addon
