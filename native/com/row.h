// SPDX-License-Identifier: MIT
//
// A COM method is one row: its name in the table of an interface, and code that the method's own
// C++ type generates. `Row<&IBackgroundCopyJob::GetState>("GetState")` reads like the IDL.
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

// [COM] Calls the method on the interface pointer; the outcome gets its code and its values.
using RunRow = void (*)(void* self, List& arguments, CallContext& context, Outcome& outcome);

// What the success of a row means for events: a state that is found again was entered anew.
enum class Effect { kNone, kStarts, kAdds };

struct RowEntry {
  const char* name;
  Order order;
  Effect effect;
  RunRow run;
};

// The role of the parameter at a position: from the first annotation that has one, or Plain.
template <std::size_t kPosition, typename... Notes>
struct RoleAt {
  using Type = Plain;
};
template <std::size_t kPosition, typename Note, typename... Notes>
struct RoleAt<kPosition, Note, Notes...> {
  using Own = typename Note::template Role<kPosition>;
  using Type =
      std::conditional_t<std::is_void_v<Own>, typename RoleAt<kPosition, Notes...>::Type, Own>;
};

// What else a parameter's role asks of the row: the value or the size of another parameter.
template <typename Role>
struct Beside {
  static constexpr bool kTag = false;
  static constexpr bool kCount = false;
  static constexpr bool kSize = false;
};
template <std::size_t kOther>
struct Beside<role::TaggedBy<kOther>> : Beside<void> {
  static constexpr bool kTag = true;
  static constexpr std::size_t kAt = kOther;
};
template <std::size_t kOther>
struct Beside<role::ArrayOut<kOther>> : Beside<void> {
  static constexpr bool kCount = true;
  static constexpr std::size_t kAt = kOther;
};
template <std::size_t kOther>
struct Beside<role::CountIn<kOther>> : Beside<void> {
  static constexpr bool kSize = true;
  static constexpr std::size_t kAt = kOther;
};

// The failure that means an empty list, and S_OK where the row has none.
template <typename Note>
inline constexpr HRESULT kEmptyHresult = S_OK;
template <HRESULT kHresult>
inline constexpr HRESULT kEmptyHresult<Empty<kHresult>> = kHresult;

// The one specialisation for method pointers: without STDMETHODCALLTYPE nothing would match on x86,
// and a second one would be a redefinition on x64.
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
  using ParamAt = Param<std::tuple_element_t<kAt, typename Traits::Parameters>,
                        typename RoleAt<kAt, Notes...>::Type>;

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
    (SetCount<kAt>(params), ...);

    auto* const target = static_cast<typename Traits::Interface*>(self);
    const HRESULT hr = (target->*kMethod)(std::get<kAt>(params).Pass()...);

    if (FAILED(hr) && ((hr == kEmptyHresult<Notes>) || ...)) {
      outcome.value = List();
      return;
    }
    outcome.hresult = static_cast<std::uint32_t>(hr);
    if (FAILED(hr)) return;
    List given;
    (Give<kAt>(params, given, context), ...);
    if (outcome.stage != Stage::kCall) return;
    if (given.size() == 1) {
      outcome.value = std::move(given.front());
    } else if (!given.empty()) {
      outcome.value = std::move(given);
    }
  }

  template <std::size_t kAt>
  using Needs = Beside<typename RoleAt<kAt, Notes...>::Type>;

  template <std::size_t kAt, typename Params>
  static bool Take(Params& params, List& arguments, std::size_t* taken, CallContext& context) {
    auto& param = std::get<kAt>(params);
    if constexpr (std::decay_t<decltype(param)>::kTakes) {
      Value absent;
      auto& given = *taken < arguments.size() ? arguments[*taken] : absent;
      context.At(*taken);
      ++*taken;
      if constexpr (Needs<kAt>::kTag) {
        return param.Take(given, context, std::get<Needs<kAt>::kAt>(params).value);
      } else {
        return param.Take(given, context);
      }
    } else if constexpr (Needs<kAt>::kTag) {
      // The proxy would fail at a union without a member.
      context.At(Needs<kAt>::kAt);
      return param.Has(std::get<Needs<kAt>::kAt>(params).value) ||
             context.Refuse("the id of a property");
    } else {
      return true;
    }
  }

  template <std::size_t kAt, typename Params>
  static void SetCount(Params& params) {
    if constexpr (Needs<kAt>::kSize) {
      auto& count = std::get<kAt>(params).value;
      count = static_cast<std::decay_t<decltype(count)>>(std::get<Needs<kAt>::kAt>(params).size());
    } else {
      static_cast<void>(params);
    }
  }

  template <std::size_t kAt, typename Params>
  static void Give(Params& params, List& given, CallContext& context) {
    auto& param = std::get<kAt>(params);
    if constexpr (!std::decay_t<decltype(param)>::kGives) {
      static_cast<void>(given);
      static_cast<void>(context);
    } else if constexpr (Needs<kAt>::kTag || Needs<kAt>::kCount) {
      given.push_back(param.Give(context, std::get<Needs<kAt>::kAt>(params).value));
    } else {
      given.push_back(param.Give(context));
    }
  }
};

template <auto kMethod, typename... Notes>
constexpr RowEntry Row(const char* name) {
  constexpr bool kStarts = (std::is_same_v<Notes, Starts> || ...);
  constexpr bool kHalts = (std::is_same_v<Notes, Halts> || ...);
  constexpr bool kEnds = (std::is_same_v<Notes, Ends> || ...);
  constexpr bool kAdds = (std::is_same_v<Notes, Adds> || ...);
  return {name,
          kStarts  ? Order::kStarts
          : kHalts ? Order::kHalts
          : kEnds  ? Order::kEnds
                   : Order::kQueued,
          kStarts ? Effect::kStarts
          : kAdds ? Effect::kAdds
                  : Effect::kNone,
          &RowCode<kMethod, Notes...>::Run};
}

}  // namespace dosvc::com
