// SPDX-License-Identifier: MIT
//
// The addon in one JavaScript environment (the main thread's or a worker's): its handles, its
// pending promises and its doorbell. Everything here runs on that environment's thread, except the
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

  // The functions of the boundary, as typings/binding.d.ts declares them.
  Napi::Value Connect(const Napi::CallbackInfo& info);
  Napi::Value Invoke(const Napi::CallbackInfo& info);
  Napi::Value InvokeMany(const Napi::CallbackInfo& info);
  Napi::Value Subscribe(const Napi::CallbackInfo& info);
  Napi::Value Unite(const Napi::CallbackInfo& info);
  Napi::Value Renew(const Napi::CallbackInfo& info);
  Napi::Value Share(const Napi::CallbackInfo& info);
  Napi::Value Answer(const Napi::CallbackInfo& info);
  Napi::Value Release(const Napi::CallbackInfo& info);
  Napi::Value Listen(const Napi::CallbackInfo& info);
  Napi::Value ReadSystem(const Napi::CallbackInfo& info);
  Napi::Value SystemText(const Napi::CallbackInfo& info);
  Napi::Value Counters(const Napi::CallbackInfo& info);

 private:
  struct PendingPromise {
    napi_deferred deferred;
    bool many;
    bool keeps_alive;
  };

  static void OnBell(napi_env env, napi_value callback, void* self, void* data);
  static void OnEnd(void* self);

  Napi::Value Send(const Napi::CallbackInfo& info, Calls calls, bool many, std::size_t timeout_at);
  // Makes a pending promise for the outcome of a request, then has `post` send it. While a caller's
  // request is pending, the process stays alive. Returns an empty value, and sends nothing, if the
  // worker is being terminated: that can happen at any moment and makes every read of its values
  // fail.
  template <typename Post>
  Napi::Value Request(Napi::Env env, bool many, bool keeps_alive, Post post);
  void Drain(Napi::Env env);
  void Settle(Napi::Env env, RequestId request, Outcome* outcomes, std::size_t count);
  Napi::Value OutcomeToJs(Napi::Env env, Outcome outcome);
  void CallListener(Napi::Env env, Event* events, std::size_t count);

  napi_threadsafe_function bell_ = nullptr;
  std::unique_ptr<Session> session_;
  Handles handles_;
  std::unordered_map<RequestId, PendingPromise> pending_;
  Napi::FunctionReference listener_;
  RequestId next_request_ = 1;
  std::size_t keeping_alive_ = 0;
  bool ends_process_ = false;
};

}  // namespace dosvc::addon
