// SPDX-License-Identifier: MIT

#include "addon/environment.h"

#include <algorithm>
#include <new>
#include <string>
#include <utility>

namespace dosvc::addon {
namespace {

// Farther than this is never.
constexpr double kLongest = 1e12;  // ms: 31 years

Session::Timeout TimeoutAt(const Napi::CallbackInfo& info, std::size_t index) {
  if (!info[index].IsNumber()) return std::nullopt;
  const double given = info[index].As<Napi::Number>().DoubleValue();
  if (!(given < kLongest)) return std::nullopt;
  return std::chrono::milliseconds(static_cast<std::int64_t>(std::max(given, 0.0)));
}

bool Flag(const Napi::Value& value) {
  return value.IsBoolean() && value.As<Napi::Boolean>().Value();
}

std::uint32_t Number(const Napi::Value& value) {
  return value.IsNumber() ? value.As<Napi::Number>().Uint32Value() : 0;
}

// Null, with a TypeError pending, where there is no such method.
const Method* RowOf(Napi::Env env, const Value* address) {
  const auto* const name = address != nullptr ? address->As<std::u16string>() : nullptr;
  const auto spelled = name != nullptr ? Narrow(*name) : std::string();
  const auto* const method = FindMethod(spelled);
  if (method == nullptr) {
    const auto message = "There is no method " + spelled;
    napi_throw_type_error(env, "ERR_INVALID_ARG_VALUE", message.c_str());
  }
  return method;
}

List TakeList(Value* value) {
  auto* const items = value != nullptr ? std::get_if<List>(&value->data) : nullptr;
  return items != nullptr ? std::move(*items) : List();
}

// From a list of { row, args, then, keep }.
std::vector<Call> CallsOf(Napi::Env env, Value* value) {
  std::vector<Call> calls;
  for (auto& item : TakeList(value)) {
    Call call{
        RowOf(env, Find(std::as_const(item), "row")), TakeList(Find(item, "args")), {}, false};
    if (call.method == nullptr) break;
    call.then = CallsOf(env, Find(item, "then"));
    const auto* const keep = Find(std::as_const(item), "keep");
    const auto* const flag = keep != nullptr ? keep->As<bool>() : nullptr;
    call.keep = flag != nullptr && *flag;
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
  self->session_->BeginEnd(self->ends_process_);
  self->handles_.Clear();
  self->session_->End();
  // Nobody rings any more.
  napi_release_threadsafe_function(self->bell_, napi_tsfn_release);
}

void Environment::OnBell(napi_env env, napi_value, void* self, void*) {
  // Leftover rings of an environment that has died come without one.
  if (env == nullptr) return;
  static_cast<Environment*>(self)->Drain(env);
}

// (arguments, timeout)
Napi::Value Environment::Connect(const Napi::CallbackInfo& info) {
  auto given = FromJs(info[0], handles_);
  if (info.Env().IsExceptionPending()) return {};
  auto arguments = TakeList(&given);
  const auto request = next_request_++;
  const auto timeout = TimeoutAt(info, 1);
  const auto promise = Owe(info.Env(), request, false, true);
  if (promise.IsEmpty()) return promise;
  try {
    session_->Connect(request, std::move(arguments), timeout);
  } catch (const std::bad_alloc&) {
    auto outcome = OutOfMemory(false);
    Settle(info.Env(), request, &outcome, 1);
  }
  return promise;
}

// (handle, row, arguments, timeout, aside)
Napi::Value Environment::Invoke(const Napi::CallbackInfo& info) {
  const auto address = FromJs(info[1], handles_);
  if (info.Env().IsExceptionPending()) return {};
  Call call{RowOf(info.Env(), &address), {}, {}, false};
  if (call.method == nullptr) return {};
  auto given = FromJs(info[2], handles_);
  call.arguments = TakeList(&given);
  std::vector<Call> calls;
  calls.push_back(std::move(call));
  return Send(info, std::move(calls), false, 3);
}

// (handle, calls, timeout, aside)
Napi::Value Environment::InvokeMany(const Napi::CallbackInfo& info) {
  auto given = FromJs(info[1], handles_);
  if (info.Env().IsExceptionPending()) return {};
  return Send(info, CallsOf(info.Env(), &given), true, 2);
}

// (handle, …, timeout, aside); the last two stand at `waiting`.
Napi::Value Environment::Send(const Napi::CallbackInfo& info,
                              std::vector<Call> calls,
                              bool many,
                              std::size_t waiting) {
  const auto env = info.Env();
  if (env.IsExceptionPending()) return {};
  const auto request = next_request_++;
  const auto timeout = TimeoutAt(info, waiting);
  const bool aside = Flag(info[waiting + 1]);
  const auto object = handles_.Find(Number(info[0]));
  const auto promise = Owe(env, request, many, !aside);
  if (promise.IsEmpty()) return promise;
  if (!object) {
    Outcome closed;
    closed.stage = Stage::kClosed;
    Settle(env, request, &closed, 1);
    return promise;
  }
  try {
    session_->Invoke(request, object, std::move(calls), timeout, aside);
  } catch (const std::bad_alloc&) {
    auto outcome = OutOfMemory(false);
    Settle(env, request, &outcome, 1);
  }
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

// (listener, whether the process ends with this environment)
Napi::Value Environment::Listen(const Napi::CallbackInfo& info) {
  ends_process_ = Flag(info[1]);
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
  auto& owed = owed_.emplace(request, Owed{nullptr, many, holds}).first->second;
  napi_value promise = nullptr;
  if (napi_create_promise(env, &owed.deferred, &promise) != napi_ok) {
    owed_.erase(request);
    return {};
  }
  if (holds && holding_++ == 0) napi_ref_threadsafe_function(env, bell_);
  return Napi::Value(env, promise);
}

void Environment::Drain(Napi::Env env) {
  auto batch = session_->Drain();
  for (auto& settlement : batch.settlements) {
    Napi::HandleScope scope(env);
    auto& outcomes = settlement.outcomes;
    Settle(env, settlement.request, outcomes.data(), outcomes.size());
  }
  if (!batch.events.empty()) Tell(env, batch.events);
}

void Environment::Settle(Napi::Env env, RequestId request, Outcome* outcomes, std::size_t count) {
  const auto found = owed_.find(request);
  const auto owed = found->second;
  owed_.erase(found);
  if (owed.holds && --holding_ == 0) napi_unref_threadsafe_function(env, bell_);
  if (!owed.many) {
    napi_resolve_deferred(env, owed.deferred, Give(env, std::move(*outcomes)));
    return;
  }
  auto list = Napi::Array::New(env, count);
  for (std::size_t i = 0; i < count; ++i) {
    list.Set(static_cast<std::uint32_t>(i), Give(env, std::move(outcomes[i])));
  }
  napi_resolve_deferred(env, owed.deferred, list);
}

// Where there is no memory for what came, that is the outcome, and its objects are let go.
Napi::Value Environment::Give(Napi::Env env, Outcome outcome) {
  const auto first = handles_.next();
  try {
    Value record(ToRecord(std::move(outcome)));
    return ToJs(env, record, handles_);
  } catch (const std::bad_alloc&) {
    handles_.ReleaseFrom(first);
    auto record = Napi::Object::New(env);
    record.Set("hresult", OutOfMemory(true).hresult);
    record.Set("value", env.Null());
    record.Set("mayHaveRun", true);
    return record;
  }
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
