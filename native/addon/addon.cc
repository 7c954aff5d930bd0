// SPDX-License-Identifier: MIT
//
// The addon's exports: the boundary that typings/binding.d.ts declares. Loading the addon does not
// touch COM.

#include <napi.h>

#include <exception>

#include "addon/environment.h"

namespace {

using dosvc::addon::Environment;

// No C++ exception crosses into JavaScript. Only the standard library's containers throw, when they
// have no room: std::bad_alloc or std::length_error.
void ThrowOutOfMemory(Napi::Env env) {
  napi_throw_range_error(env, "ERR_MEMORY_ALLOCATION_FAILED", "There is no memory left");
}

template <Napi::Value (Environment::*kMethod)(const Napi::CallbackInfo&)>
Napi::Value Forward(const Napi::CallbackInfo& info) {
  try {
    return (Environment::Of(info.Env()).*kMethod)(info);
  } catch (const std::exception&) {
    ThrowOutOfMemory(info.Env());
    return {};
  }
}

template <Napi::Value (Environment::*kMethod)(const Napi::CallbackInfo&)>
void Export(Napi::Object exports, const char* name) {
  exports.Set(name, Napi::Function::New<Forward<kMethod>>(exports.Env(), name));
}

void Fill(Napi::Env env, Napi::Object exports) {
  dosvc::PinModule();
  env.SetInstanceData(new Environment(env));
  exports.Set("version", DOSVC_VERSION);
  Export<&Environment::Connect>(exports, "connect");
  Export<&Environment::Invoke>(exports, "invoke");
  Export<&Environment::InvokeMany>(exports, "invokeMany");
  Export<&Environment::Subscribe>(exports, "subscribe");
  Export<&Environment::Unite>(exports, "unite");
  Export<&Environment::Renew>(exports, "renew");
  Export<&Environment::Share>(exports, "share");
  Export<&Environment::Answer>(exports, "answer");
  Export<&Environment::Release>(exports, "release");
  Export<&Environment::Listen>(exports, "listen");
  Export<&Environment::ReadSystem>(exports, "readSystem");
  Export<&Environment::SystemText>(exports, "systemText");
  Export<&Environment::Counters>(exports, "counters");
}

Napi::Object Init(Napi::Env env, Napi::Object exports) {
  try {
    Fill(env, exports);
  } catch (const std::exception&) {
    ThrowOutOfMemory(env);
  }
  return exports;
}

}  // namespace

NODE_API_MODULE(dosvc, Init)
