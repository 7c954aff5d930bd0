// SPDX-License-Identifier: MIT
//
// The recorder's exports, plain C for koffi. An IID is passed as a pointer to its sixteen bytes, an
// object or a sink as its number.

#include <windows.h>

#include <cstdint>
#include <cstring>

#include "class_object.h"
#include "journal.h"
#include "memory.h"
#include "object.h"
#include "sinks.h"
#include "sizes.h"

namespace {

using recorder::Object;
using recorder::Packet;

IID IidAt(const std::uint8_t* bytes) {
  IID iid;
  std::memcpy(&iid, bytes, sizeof(iid));
  return iid;
}

}  // namespace

#define EXPORT extern "C" __declspec(dllexport)

EXPORT std::int32_t RegisterClassAs(const std::uint8_t* clsid) {
  return recorder::RegisterClass(IidAt(clsid));
}
EXPORT void SetRoot(std::uint32_t object) { recorder::SetRoot(object); }
EXPORT void Offer(const std::uint8_t* iid) { Object::Offer(IidAt(iid)); }
EXPORT void SetSizes(const std::uint8_t* iid,
                     std::uint32_t slot,
                     const std::uint8_t* sizes,
                     std::uint32_t count) {
  recorder::SetSizes(IidAt(iid), slot, {sizes, sizes + count});
}
EXPORT std::uint32_t CurrentThread() { return GetCurrentThreadId(); }
EXPORT const char* TakeJournal() { return recorder::Journal::Get().Take(); }
EXPORT std::uint32_t CountNotFreed() {
  return static_cast<std::uint32_t>(recorder::CountNotFreed());
}
EXPORT std::uint32_t CountAsUtf16(const std::uint8_t* text, std::uint32_t size) {
  return static_cast<std::uint32_t>(recorder::CountAsUtf16({text, text + size}));
}

EXPORT std::uint32_t MakeObject() { return Object::Make()->number(); }
EXPORT std::uint32_t CountReferences(std::uint32_t object) {
  return Object::Find(object)->references();
}
EXPORT void Tell(std::uint32_t object,
                 const std::uint8_t* iid,
                 std::uint32_t slot,
                 const std::uint8_t* plan,
                 std::uint32_t size) {
  Object::Find(object)->Tell(IidAt(iid), slot, recorder::Plan::Unpack(Packet(plan, size)));
}
EXPORT void TellBlanket(std::uint32_t object, std::int32_t hr) {
  Object::Find(object)->TellBlanket(hr);
}
EXPORT void Deny(std::uint32_t object, const std::uint8_t* iid) {
  Object::Find(object)->Deny(IidAt(iid));
}
EXPORT void AddElement(std::uint32_t object, std::uint32_t element, const std::uint8_t* iid) {
  Object::Find(object)->AddElement(element != 0 ? Object::Find(element)->Reference(IidAt(iid))
                                                : nullptr);
}
EXPORT void EndElements(std::uint32_t object, std::int32_t hr) {
  Object::Find(object)->EndElements(hr);
}
EXPORT void LetGo(std::uint32_t object) { Object::Find(object)->LetGo(); }

EXPORT void DropSink(std::uint32_t sink) { recorder::DropSink(sink); }
EXPORT std::int32_t QuerySink(std::uint32_t sink, const std::uint8_t* iid) {
  return recorder::QuerySink(sink, IidAt(iid));
}
EXPORT std::int32_t CallSink(std::uint32_t sink,
                             const std::uint8_t* iid,
                             std::uint32_t slot,
                             const std::uint8_t* arguments,
                             std::uint32_t size,
                             std::uint32_t times) {
  return recorder::CallSink(sink, IidAt(iid), slot, Packet(arguments, size), times);
}
