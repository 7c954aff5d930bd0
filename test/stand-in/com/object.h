// SPDX-License-Identifier: MIT
//
// The base of the service's COM objects: reference counting, and how methods return results and
// faults.
#pragma once

#include <objbase.h>
#include <windows.h>

#include <atomic>
#include <cstddef>
#include <cwchar>
#include <new>
#include <string>

#include "com/iid.h"
#include "com/pointer.h"
#include "stand-in/com/bits_codes.h"
#include "stand-in/control/faults.h"

namespace dosvc_stand_in {

// The number of COM objects that exist.
inline std::atomic<std::uint64_t> living_objects{0};

template <typename... Interfaces>
class Object : public Interfaces... {
 public:
  Object() { ++living_objects; }
  Object(const Object&) = delete;
  Object& operator=(const Object&) = delete;

  HRESULT STDMETHODCALLTYPE QueryInterface(REFIID iid, void** object) override {
    if (!object) return E_POINTER;
    *object = Find(iid);
    if (!*object) return E_NOINTERFACE;
    AddRef();
    return S_OK;
  }
  ULONG STDMETHODCALLTYPE AddRef() override { return ++references_; }
  ULONG STDMETHODCALLTYPE Release() override {
    const ULONG left = --references_;
    if (left == 0) delete this;
    return left;
  }

 protected:
  virtual ~Object() { --living_objects; }

  // Returns the interface with this IID without adding a reference, or null.
  virtual void* Find(REFIID iid) = 0;

 private:
  std::atomic<ULONG> references_{1};
};

// Creates an object. The caller owns its reference.
template <typename Class, typename... Arguments>
dosvc::com::ComPtr<Class> Make(Arguments&&... arguments) {
  return dosvc::com::TakeReference(new Class(std::forward<Arguments>(arguments)...));
}

// Runs a method: applies the fault that a test has set for it, or returns what `body` returns.
template <typename Body>
HRESULT Answer(const wchar_t* method, Body body) noexcept {
  try {
    const Fault fault = Faults::Get().Enter(method);
    if (fault.kind == FaultKind::kFail) return static_cast<HRESULT>(fault.value);
    const HRESULT hr = body();
    if (fault.kind == FaultKind::kDieAfter) Faults::Die(L"after", method);
    return InBitsCodes(hr);
  } catch (const std::bad_alloc&) {
    return E_OUTOFMEMORY;
  } catch (...) {
    return E_UNEXPECTED;
  }
}

// Returns a copy of a text to the caller, which frees it.
inline HRESULT GiveText(const std::wstring& text, LPWSTR* given) {
  if (!given) return E_POINTER;
  const std::size_t size = (text.size() + 1) * sizeof(wchar_t);
  *given = static_cast<LPWSTR>(CoTaskMemAlloc(size));
  if (!*given) return E_OUTOFMEMORY;
  std::wmemcpy(*given, text.c_str(), text.size() + 1);
  return S_OK;
}

// Returns a number or a structure to the caller.
template <typename Value, typename Given>
HRESULT Give(const Value& value, Given* given) {
  if (!given) return E_POINTER;
  *given = static_cast<Given>(value);
  return S_OK;
}

// Returns an interface to the caller.
template <typename Class, typename Interface>
HRESULT GiveObject(dosvc::com::ComPtr<Class> object, Interface** given) {
  if (!given) return E_POINTER;
  *given = object.Detach();
  return S_OK;
}

}  // namespace dosvc_stand_in
