// SPDX-License-Identifier: MIT

#include "addon/environment.h"

#include <string>
#include <utility>

namespace dosvc::addon {
namespace {

Session::Timeout TimeoutAt(const Napi::CallbackInfo& info, std::size_t index) {
  if (!info[index].IsNumber()) return std::nullopt;
  return std::chrono::milliseconds(info[index].As<Napi::Number>().Int64Value());
}

bool Flag(const Napi::Value& value) {
  return value.IsBoolean() && value.As<Napi::Boolean>().Value();
}

std::uint32_t Number(const Napi::Value& value) {
  return value.IsNumber() ? value.As<Napi::Number>().Uint32Value() : 0;
}

const Method* RowAt(Napi::Env env, const Napi::Value& address) {
  const auto name = address.IsString() ? address.As<Napi::String>().Utf8Value() : std::string();
  const auto* const method = FindMethod(name);
  if (method == nullptr) {
    auto error = Napi::TypeError::New(env, "There is no method " + name);
    error.Set("code", Napi::String::New(env, "ERR_INVALID_ARG_VALUE"));
    error.ThrowAsJavaScriptException();
  }
  return method;
}

List ListAt(const Napi::Value& value, const Handles& handles) {
  auto list = FromJs(value, handles);
  auto* const items = std::get_if<List>(&list.data);
  return items != nullptr ? std::move(*items) : List();
}

// A list of { row, args, then, keep }.
std::vector<Call> CallsAt(const Napi::Value& value, const Handles& handles) {
  std::vector<Call> calls;
  if (!value.IsArray()) return calls;
  const auto list = value.As<Napi::Array>();
  for (std::uint32_t i = 0; i < list.Length(); ++i) {
    const auto given = list.Get(i);
    if (!given.IsObject()) break;
    const auto item = given.As<Napi::Object>();
    Call call{RowAt(item.Env(), item.Get("row")), ListAt(item.Get("args"), handles), {}, false};
    call.then = CallsAt(item.Get("then"), handles);
    call.keep = Flag(item.Get("keep"));
    calls.push_back(std::move(call));
  }
  return calls;
}

}  // namespace

// The order matters: the doorbell registers a hook of its own in the environment when it is made,
// and hooks run last in, first out. So ours runs first, and nothing rings a bell that is gone.
Environment::Environment(Napi::Env env) {
  napi_create_threadsafe_function(env,
                                  nullptr,
                                  nullptr,
                                  Napi::String::New(env, "dosvc"),
                                  0,
                                  1,
                                  nullptr,
                                  nullptr,
                                  this,
                                  OnBell,
                                  &bell_);
  napi_unref_threadsafe_function(env, bell_);
  session_ = std::make_unique<Session>(
      [bell = bell_] { napi_call_threadsafe_function(bell, nullptr, napi_tsfn_nonblocking); });
  napi_add_env_cleanup_hook(env, OnEnd, this);
}

Environment& Environment::Of(Napi::Env env) { return *env.GetInstanceData<Environment>(); }

void Environment::OnEnd(void* data) {
  auto* const self = static_cast<Environment*>(data);
  self->handles_.Clear();
  self->session_->Close();
}

void Environment::OnBell(napi_env env, napi_value, void* self, void*) {
  // Leftover rings of an environment that has died come without one.
  if (env == nullptr) return;
  static_cast<Environment*>(self)->Drain(env);
}

// (arguments, timeout, holds)
Napi::Value Environment::Connect(const Napi::CallbackInfo& info) {
  auto arguments = ListAt(info[0], handles_);
  if (info.Env().IsExceptionPending()) return {};
  const auto request = next_request_++;
  const auto promise = Owe(info.Env(), request, false, Flag(info[2]));
  if (promise.IsEmpty()) return promise;
  session_->Connect(request, std::move(arguments), TimeoutAt(info, 1));
  return promise;
}

// (handle, row, arguments, timeout, holds)
Napi::Value Environment::Invoke(const Napi::CallbackInfo& info) {
  Call call{RowAt(info.Env(), info[1]), ListAt(info[2], handles_), {}, false};
  std::vector<Call> calls;
  calls.push_back(std::move(call));
  return Send(info, std::move(calls), false, 3);
}

// (handle, calls, timeout, holds)
Napi::Value Environment::InvokeMany(const Napi::CallbackInfo& info) {
  return Send(info, CallsAt(info[1], handles_), true, 2);
}

// (handle, …, timeout, holds); the last two stand at `waiting`.
Napi::Value Environment::Send(const Napi::CallbackInfo& info,
                              std::vector<Call> calls,
                              bool many,
                              std::size_t waiting) {
  const auto env = info.Env();
  if (env.IsExceptionPending()) return {};
  const auto request = next_request_++;
  const auto promise = Owe(env, request, many, Flag(info[waiting + 1]));
  if (promise.IsEmpty()) return promise;
  const auto object = handles_.Find(Number(info[0]));
  if (object) {
    session_->Invoke(request, object, std::move(calls), TimeoutAt(info, waiting));
    return promise;
  }
  Outcome closed;
  closed.stage = Stage::kClosed;
  Settlement settlement{request, {std::move(closed)}};
  Settle(env, settlement);
  return promise;
}

Napi::Value Environment::Subscribe(const Napi::CallbackInfo& info) {
  const auto env = info.Env();
  const auto target =
      info[1].IsNumber() ? handles_.Find(info[1].As<Napi::Number>().Uint32Value()) : nullptr;
  const auto options = FromJs(info[2], handles_);
  if (env.IsExceptionPending()) return {};
  const auto handle = handles_.Reserve();
  const auto kind = info[0].IsString() ? info[0].As<Napi::String>().Utf16Value() : std::u16string();
  auto subscription = session_->Subscribe(handle, kind, target, options);
  if (!subscription) return env.Null();
  handles_.Put(handle, std::move(subscription));
  return Napi::Number::New(env, handle);
}

// (handle, key)
Napi::Value Environment::Unite(const Napi::CallbackInfo& info) {
  const auto object = handles_.Find(Number(info[0]));
  const bool known = object && info[1].IsString();
  if (known) session_->Unite(object, info[1].As<Napi::String>().Utf16Value());
  return Napi::Boolean::New(info.Env(), known);
}

// (handle, source)
Napi::Value Environment::Renew(const Napi::CallbackInfo& info) {
  const auto object = handles_.Find(Number(info[0]));
  const auto source = handles_.Find(Number(info[1]));
  const bool both = object && source;
  if (both) session_->Renew(object, source);
  return Napi::Boolean::New(info.Env(), both);
}

Napi::Value Environment::Answer(const Napi::CallbackInfo& info) {
  auto answer = FromJs(info[1], handles_);
  if (info.Env().IsExceptionPending()) return {};
  const auto question = Number(info[0]);
  return Napi::Boolean::New(info.Env(), session_->Answer(question, std::move(answer)));
}

Napi::Value Environment::Release(const Napi::CallbackInfo& info) {
  return Napi::Boolean::New(info.Env(), handles_.Release(Number(info[0])));
}

Napi::Value Environment::Listen(const Napi::CallbackInfo& info) {
  listener_ = Napi::Persistent(info[0].As<Napi::Function>());
  return info.Env().Undefined();
}

Napi::Value Environment::Counters(const Napi::CallbackInfo& info) {
  const auto counters = session_->Count();
  auto object = Napi::Object::New(info.Env());
  object.Set("handles", static_cast<double>(handles_.size()));
  object.Set("objects", counters.objects);
  object.Set("requests", static_cast<double>(counters.requests));
  object.Set("threads", counters.pool.threads);
  object.Set("lent", counters.pool.lent);
  return object;
}

Napi::Value Environment::Owe(Napi::Env env, RequestId request, bool many, bool holds) {
  napi_deferred deferred = nullptr;
  napi_value promise = nullptr;
  if (napi_create_promise(env, &deferred, &promise) != napi_ok) return {};
  owed_.emplace(request, Owed{deferred, many, holds});
  if (holds && holding_++ == 0) napi_ref_threadsafe_function(env, bell_);
  return Napi::Value(env, promise);
}

void Environment::Drain(Napi::Env env) {
  auto batch = session_->Drain();
  for (auto& settlement : batch.settlements) {
    Napi::HandleScope scope(env);
    Settle(env, settlement);
  }
  if (!batch.events.empty()) Tell(env, batch.events);
}

void Environment::Settle(Napi::Env env, Settlement& settlement) {
  const auto found = owed_.find(settlement.request);
  const auto owed = found->second;
  owed_.erase(found);
  if (owed.holds && --holding_ == 0) napi_unref_threadsafe_function(env, bell_);
  if (!owed.many) {
    napi_resolve_deferred(env, owed.deferred, Give(env, std::move(settlement.outcomes.front())));
    return;
  }
  auto outcomes = Napi::Array::New(env, settlement.outcomes.size());
  for (std::uint32_t i = 0; i < settlement.outcomes.size(); ++i) {
    outcomes.Set(i, Give(env, std::move(settlement.outcomes[i])));
  }
  napi_resolve_deferred(env, owed.deferred, outcomes);
}

Napi::Value Environment::Give(Napi::Env env, Outcome outcome) {
  Value record(ToRecord(std::move(outcome)));
  return ToJs(env, record, handles_);
}

void Environment::Tell(Napi::Env env, std::vector<Event>& events) {
  Napi::HandleScope scope(env);
  auto batch = Napi::Array::New(env, events.size());
  for (std::uint32_t i = 0; i < events.size(); ++i) {
    auto event = Napi::Object::New(env);
    event.Set("subscription", events[i].subscription);
    event.Set("kind", events[i].kind);
    event.Set("value", ToJs(env, events[i].value, handles_));
    batch.Set(i, event);
  }
  if (listener_.IsEmpty()) return;
  listener_.Call({batch});
  // The listener of lib/ catches what its own listeners throw; whatever comes out all the same is
  // an uncaught exception, on every version of Node.
  if (env.IsExceptionPending()) {
    napi_fatal_exception(env, env.GetAndClearPendingException().Value());
  }
}

}  // namespace dosvc::addon
