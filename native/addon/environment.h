// SPDX-License-Identifier: MIT
//
// The addon in one JavaScript environment (the main thread's, a worker's): its handles, the
// promises it owes, its doorbell. Everything here runs on that environment's thread, but for the
// bell.
#pragma once

#include <napi.h>

#include <cstddef>
#include <memory>
#include <unordered_map>
#include <vector>

#include "addon/values.h"
#include "core/session.h"

namespace dosvc::addon {

class Environment {
 public:
  explicit Environment(Napi::Env env);
  Environment(const Environment&) = delete;
  Environment& operator=(const Environment&) = delete;

  static Environment& Of(Napi::Env env);

  // The boundary's functions, as typings/binding.d.ts has them.
  Napi::Value Connect(const Napi::CallbackInfo& info);
  Napi::Value Invoke(const Napi::CallbackInfo& info);
  Napi::Value InvokeMany(const Napi::CallbackInfo& info);
  Napi::Value Subscribe(const Napi::CallbackInfo& info);
  Napi::Value Unite(const Napi::CallbackInfo& info);
  Napi::Value Renew(const Napi::CallbackInfo& info);
  Napi::Value Answer(const Napi::CallbackInfo& info);
  Napi::Value Release(const Napi::CallbackInfo& info);
  Napi::Value Listen(const Napi::CallbackInfo& info);
  Napi::Value Counters(const Napi::CallbackInfo& info);

 private:
  struct Owed {
    napi_deferred deferred;
    bool many;
    bool holds;
  };

  static void OnBell(napi_env env, napi_value callback, void* self, void* data);
  static void OnEnd(void* self);

  Napi::Value Send(const Napi::CallbackInfo& info,
                   std::vector<Call> calls,
                   bool many,
                   std::size_t waiting);
  // A promise for the request's outcome. While a caller's request is owed, the process lives. Empty
  // where a worker is being terminated: that may happen at any moment and fails all that is read of
  // its values, so that what was read until then must not be sent.
  Napi::Value Owe(Napi::Env env, RequestId request, bool many, bool holds);
  void Drain(Napi::Env env);
  void Settle(Napi::Env env, RequestId request, Outcome* outcomes, std::size_t count);
  Napi::Value Give(Napi::Env env, Outcome outcome);
  void Tell(Napi::Env env, std::vector<Event>& events);

  napi_threadsafe_function bell_ = nullptr;
  std::unique_ptr<Session> session_;
  Handles handles_;
  std::unordered_map<RequestId, Owed> owed_;
  Napi::FunctionReference listener_;
  RequestId next_request_ = 1;
  std::size_t holding_ = 0;
  bool ends_process_ = false;
};

}  // namespace dosvc::addon
