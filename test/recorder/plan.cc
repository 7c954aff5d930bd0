// SPDX-License-Identifier: MIT

#include "plan.h"

#include <oleauto.h>

#include <cstring>
#include <cwchar>

#include "journal.h"
#include "memory.h"
#include "object.h"
#include "sinks.h"

namespace recorder {
namespace {

template <typename T>
T Number(const Bytes& data, std::size_t offset = 0) {
  T value{};
  std::memcpy(&value, data.data() + offset, sizeof(T));
  return value;
}

// Where a step copies from or writes to: at an offset from where the argument points, or where the
// pointer at that offset points. Null if the argument or that pointer is null.
std::uint8_t* Place(const Step& step, const Arguments& arguments) {
  auto* place = PointerIn<std::uint8_t>(arguments[step.argument]);
  if (place == nullptr) return nullptr;
  place += step.offset;
  if (step.behind) std::memcpy(&place, static_cast<const void*>(place), sizeof(place));
  return place;
}

std::string CopyArray(SAFEARRAY* array) {
  LONG upper = -1;
  void* bytes = nullptr;
  SafeArrayGetUBound(array, 1, &upper);
  SafeArrayAccessData(array, &bytes);
  auto text = Hex(bytes, static_cast<std::size_t>(upper + 1));
  SafeArrayUnaccessData(array);
  return text;
}

std::string CopyOne(const Step& step, std::uint8_t* place) {
  switch (step.kind) {
    case Step::Kind::kCopyBytes:
      return Hex(place, Number<std::uint32_t>(step.data));
    case Step::Kind::kCopyText:
      return Hex(place, std::wcslen(reinterpret_cast<wchar_t*>(place)) * sizeof(wchar_t));
    case Step::Kind::kCopyBstr:
      return Hex(place, SysStringByteLen(reinterpret_cast<BSTR>(place)));
    case Step::Kind::kCopyArray:
      return CopyArray(reinterpret_cast<SAFEARRAY*>(place));
    default:
      return std::to_string(KeepSink(reinterpret_cast<IUnknown*>(place)));
  }
}

template <typename T>
void Put(std::uint8_t* place, T value) {
  std::memcpy(place, &value, sizeof(value));
}

SAFEARRAY* MakeArray(const Bytes& data) {
  auto* const array = SafeArrayCreateVector(VT_UI1, 0, static_cast<ULONG>(data.size()));
  void* bytes = nullptr;
  SafeArrayAccessData(array, &bytes);
  std::memcpy(bytes, data.data(), data.size());
  SafeArrayUnaccessData(array);
  return array;
}

}  // namespace

Plan Plan::Unpack(Packet packet) {
  Plan plan;
  plan.hresult = static_cast<HRESULT>(packet.Take<std::uint32_t>());
  plan.held = packet.Take<std::uint8_t>() != 0;
  while (!packet.AtEnd()) {
    Step step;
    step.kind = packet.Take<Step::Kind>();
    step.argument = packet.Take<std::uint8_t>();
    step.behind = packet.Take<std::uint8_t>() != 0;
    step.offset = packet.Take<std::uint32_t>();
    step.data = packet.TakeBytes();
    plan.steps.push_back(std::move(step));
  }
  return plan;
}

std::vector<std::string> Plan::Copy(const Arguments& arguments) const {
  std::vector<std::string> copies;
  for (const auto& step : steps) {
    if (step.kind > Step::Kind::kKeepSink) continue;
    auto* const place = Place(step, arguments);
    copies.push_back(place != nullptr ? CopyOne(step, place) : "null");
  }
  return copies;
}

void Plan::Write(const Arguments& arguments) const {
  for (const auto& step : steps) {
    auto* const place = Place(step, arguments);
    const auto& data = step.data;
    switch (step.kind) {
      case Step::Kind::kWriteBytes:
        std::memcpy(place, data.data(), data.size());
        break;
      case Step::Kind::kWriteMemory:
        Put(place, AllocateForCaller(data));
        break;
      case Step::Kind::kWriteBstr:
        Put(place,
            SysAllocStringLen(reinterpret_cast<const OLECHAR*>(data.data()),
                              static_cast<UINT>(data.size() / sizeof(OLECHAR))));
        break;
      case Step::Kind::kWriteArray:
        Put(place, MakeArray(data));
        break;
      case Step::Kind::kWriteObject:
        Put(place,
            Object::Find(Number<std::uint32_t>(data))
                ->Reference(Number<IID>(data, sizeof(std::uint32_t))));
        break;
      case Step::Kind::kWriteSink:
        Put(place, ReferenceSink(Number<std::uint32_t>(data)));
        break;
      default:
        break;
    }
  }
}

}  // namespace recorder
