// SPDX-License-Identifier: MIT
//
// Each COM method is one row: its name in the interface's table, and code that the compiler
// generates from the method's C++ type. `Row<&IBackgroundCopyJob::GetState>("GetState")` reads like
// the IDL.
#pragma once

#include <windows.h>

#include <cstddef>
#include <tuple>
#include <type_traits>
#include <utility>

#include "com/annotations.h"
#include "com/call_context.h"
#include "core/engine.h"

namespace dosvc::com {

// [COM] Calls the method on the interface pointer and stores its HRESULT and values in the outcome.
using RunRow = void (*)(void* self, List& arguments, CallContext& context, Outcome& outcome);

struct RowEntry {
  const char* name;
  Order order;
  RunRow run;
};

// The role that the annotations give the parameter at a position; Plain if they give none.
template <typename... Notes>
struct Annotations : Notes... {};
template <std::size_t kPosition, typename Role>
Role RoleIn(const At<kPosition, Role>*);
template <std::size_t kPosition>
Plain RoleIn(const void*);

template <typename, typename = void>
inline constexpr bool kHasBeside = false;
template <typename Role>
inline constexpr bool kHasBeside<Role, std::void_t<decltype(Role::kBeside)>> = true;

// Whether an annotation says that an HRESULT means an empty list, or null.
template <typename Note>
struct Emptiness {
  static constexpr bool MeansList(HRESULT) { return false; }
  static constexpr bool MeansNull(HRESULT) { return false; }
};
template <HRESULT kHresult>
struct Emptiness<Empty<kHresult>> : Emptiness<void> {
  static constexpr bool MeansList(HRESULT hr) { return hr == kHresult; }
};
template <HRESULT kHresult>
struct Emptiness<Nothing<kHresult>> : Emptiness<void> {
  static_assert(SUCCEEDED(kHresult), "a failure is an error");
  static constexpr bool MeansNull(HRESULT hr) { return hr == kHresult; }
};

// The only specialisation for method pointers. Without STDMETHODCALLTYPE it would match nothing on
// x86; a second one without it would be a redefinition on x64.
template <typename Method>
struct MethodTraits;
template <typename Declaring, typename... Types>
struct MethodTraits<HRESULT (STDMETHODCALLTYPE Declaring::*)(Types...)> {
  using Interface = Declaring;
  using Parameters = std::tuple<Types...>;
};

template <auto kMethod, typename... Notes>
struct RowCode {
  static void Run(void* self, List& arguments, CallContext& context, Outcome& outcome) {
    RunAt(self, arguments, context, outcome, std::make_index_sequence<kParameters>());
  }

 private:
  using Traits = MethodTraits<decltype(kMethod)>;
  static constexpr std::size_t kParameters = std::tuple_size_v<typename Traits::Parameters>;
  template <std::size_t kAt>
  using RoleAt = decltype(RoleIn<kAt>(static_cast<const Annotations<Notes...>*>(nullptr)));
  template <std::size_t kAt>
  using ParamAt = Param<std::tuple_element_t<kAt, typename Traits::Parameters>, RoleAt<kAt>>;

  template <std::size_t... kAt>
  static void RunAt(void* self,
                    List& arguments,
                    CallContext& context,
                    Outcome& outcome,
                    std::index_sequence<kAt...>) {
    std::tuple<ParamAt<kAt>...> params;
    std::size_t taken = 0;
    if (!(Take<kAt>(params, arguments, &taken, context) && ...)) return;
    if (taken < arguments.size()) {
      context.At(taken);
      context.Refuse("absent: the method takes fewer");
      return;
    }
    if (!(Prepare<kAt>(params, context) && ...)) return;

    auto* const target = static_cast<typename Traits::Interface*>(self);
    const HRESULT hr = (target->*kMethod)(std::get<kAt>(params).Pass()...);

    const bool is_empty = (Emptiness<Notes>::MeansList(hr) || ...);
    if (is_empty) outcome.value = List();
    if (is_empty && FAILED(hr)) return;
    outcome.hresult = static_cast<std::uint32_t>(hr);
    if (is_empty || FAILED(hr) || (Emptiness<Notes>::MeansNull(hr) || ...)) return;
    List given;
    (Give<kAt>(params, given, context), ...);
    if (outcome.stage != Stage::kCall) return;
    if (given.size() == 1) {
      outcome.value = std::move(given.front());
    } else if (!given.empty()) {
      outcome.value = std::move(given);
    }
  }

  // Calls `use` with a parameter, and with the one that its role needs.
  template <std::size_t kAt, typename Params, typename Use>
  static auto With(Params& params, Use use) {
    if constexpr (kHasBeside<RoleAt<kAt>>) {
      return use(std::get<kAt>(params), std::get<RoleAt<kAt>::kBeside>(params));
    } else {
      return use(std::get<kAt>(params));
    }
  }

  template <std::size_t kAt, typename Params>
  static bool Take(Params& params, List& arguments, std::size_t* taken, CallContext& context) {
    Value absent;
    auto& given = *taken < arguments.size() ? arguments[*taken] : absent;
    context.At(*taken);
    *taken += ParamAt<kAt>::kTakes ? 1 : 0;
    return With<kAt>(params, [&](auto& param, const auto&... beside) {
      return param.Take(given, context, beside...);
    });
  }

  template <std::size_t kAt, typename Params>
  static bool Prepare(Params& params, CallContext& context) {
    return With<kAt>(params, [&](auto& param, const auto&... beside) {
      return param.Prepare(context, beside...);
    });
  }

  template <std::size_t kAt, typename Params>
  static void Give([[maybe_unused]] Params& params,
                   [[maybe_unused]] List& given,
                   [[maybe_unused]] CallContext& context) {
    if constexpr (ParamAt<kAt>::kGives) {
      given.push_back(With<kAt>(params, [&](auto& param, const auto&... beside) {
        return param.Give(context, beside...);
      }));
    }
  }
};

template <auto kMethod, typename... Notes>
constexpr RowEntry Row(const char* name) {
  constexpr bool kStarts = (std::is_same_v<Notes, Starts> || ...);
  constexpr bool kHalts = (std::is_same_v<Notes, Halts> || ...);
  constexpr bool kEnds = (std::is_same_v<Notes, Ends> || ...);
  return {name,
          kStarts  ? Order::kStarts
          : kHalts ? Order::kHalts
          : kEnds  ? Order::kEnds
                   : Order::kQueued,
          &RowCode<kMethod, Notes...>::Run};
}

}  // namespace dosvc::com
