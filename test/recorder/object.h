// SPDX-License-Identifier: MIT
//
// A COM object without methods of its own: it writes every call into the journal and answers as the
// test has planned. Each interface is a pointer of its own, a face, as with proxies: a blanket is
// set on one face.
#pragma once

#include <windows.h>

#include <array>
#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <list>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <utility>

#include "plan.h"

namespace recorder {

class Object;

// What a caller holds a pointer to; its vtable comes first.
struct Face {
  const void* const* vtable;
  Object* object;
  IID iid;
};

constexpr std::size_t kSlots = 64;  // of a vtable

// Fills in the slots of IUnknown.
void AddUnknownMethods(std::array<const void*, kSlots>& vtable);

class Object {
 public:
  // [any] Objects are numbered from 1 and live as long as the process, so that a pointer that was
  // kept for too long shows in the reference count instead of a crash.
  static Object* Make();
  static Object* Find(std::uint32_t number);
  // [JS] Every object has this interface from now on.
  static void Offer(REFIID iid);

  std::uint32_t number() const { return number_; }
  ULONG references() const { return references_; }

  // [JS] These set how it behaves.
  void Tell(REFIID iid, std::uint32_t slot, Plan plan);
  void TellBlanket(HRESULT hr);  // E_NOINTERFACE: it has no IClientSecurity at all
  void Deny(REFIID iid);
  void AddElement(Face* face);  // null: the enumerator yields null in place of an element
  void EndElements(HRESULT hr);
  void LetGo();  // ends the wait of every call that is held now

  // [any]
  Face* Reference(REFIID iid);
  ULONG AddRef() { return ++references_; }
  ULONG Release() { return --references_; }

  // [COM] What the vtable calls.
  HRESULT Query(REFIID iid, void** pointer);
  HRESULT Call(const Face& face, std::uint32_t slot, const Arguments& arguments);
  HRESULT SetBlanket();

 private:
  using Method = std::pair<std::string, std::uint32_t>;

  explicit Object(std::uint32_t number) : number_(number) {}
  bool Answers(REFIID iid);
  void NoteCall(const Face& face, std::uint32_t slot, const Arguments& arguments, const Plan& plan);
  HRESULT Next(const Arguments& arguments);

  const std::uint32_t number_;
  std::atomic<ULONG> references_{0};

  std::mutex mu_;
  std::condition_variable let_go_;
  std::list<Face> faces_;             // guarded by mu_
  std::map<Method, Plan> plans_;      // guarded by mu_
  std::set<std::string> denied_;      // guarded by mu_
  std::list<Face*> elements_;         // guarded by mu_: what an enumerator has left to yield
  bool enumerates_ = false;           // guarded by mu_
  HRESULT after_elements_ = S_FALSE;  // guarded by mu_
  HRESULT blanket_ = S_OK;            // guarded by mu_
  int times_let_go_ = 0;              // guarded by mu_
};

}  // namespace recorder
