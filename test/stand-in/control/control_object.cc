// SPDX-License-Identifier: MIT

#include "stand-in/control/control_object.h"

#include <algorithm>
#include <iterator>
#include <string>
#include <utility>

#include "stand-in/com/object.h"
#include "stand-in/control/control.h"
#include "stand-in/control/switches.h"
#include "stand-in/downloads/download.h"
#include "stand-in/jobs/job.h"
#include "stand-in/process/service_log.h"
#include "stand-in/process/worker.h"
#include "stand-in/service/service.h"
#include "stand-in/store/record_lines.h"

namespace dosvc_stand_in {

using dosvc::abi::kIidOf;
using dosvc::com::ComPtr;

namespace {

// Before a method's name: asks how often the method was called.
constexpr wchar_t kCalls[] = L"calls ";
// The switches that outlive the worker process.
constexpr std::pair<const wchar_t*, Lasting> kLasting[] = {
    {L"restart-pause", Lasting::kRestartPause},
    {L"gather", Lasting::kGather},
};
// Indexed by FaultKind.
constexpr const wchar_t* kKinds[] = {
    L"none", L"fail", L"delay", L"hang", L"die-before", L"die-after"};

class ControlObject final : public Object<IStandInControl> {
 public:
  explicit ControlObject(Service& service) : service_(service) {}

  HRESULT STDMETHODCALLTYPE SetFault(LPCWSTR method,
                                     DWORD kind,
                                     DWORD value,
                                     DWORD times) override {
    return Answer(L"IStandInControl::SetFault", [&] {
      if (!method || kind >= std::size(kKinds)) return E_INVALIDARG;
      Log(L"fault of %.200ls: %ls 0x%08lX, %lu times", method, kKinds[kind], value, times);
      Faults::Get().Set(method, {static_cast<FaultKind>(kind), value}, times);
      return S_OK;
    });
  }
  HRESULT STDMETHODCALLTYPE LetGo() override {
    Log(L"what hangs is let go");
    Faults::Get().LetGo();
    return S_OK;
  }
  HRESULT STDMETHODCALLTYPE SetSwitch(LPCWSTR name, DWORD value) override {
    return Answer(L"IStandInControl::SetSwitch", [&] {
      if (!name) return E_INVALIDARG;
      Log(L"switch %.200ls: 0x%08lX", name, value);
      for (const auto& [known, what] : kLasting) {
        if (std::wstring(name) != known) continue;
        SayLasting(what, value);
        return S_OK;
      }
      if (!Switches::Get().Set(name, value)) return E_INVALIDARG;
      service_.DropOld();
      service_.downloads().LookAgain();
      return S_OK;
    });
  }
  HRESULT STDMETHODCALLTYPE SetForeign(REFGUID id, BOOL foreign) override {
    return Answer(L"IStandInControl::SetForeign", [&] {
      Log(L"%ls is %ls", SpellGuid(id).c_str(), foreign ? L"foreign" : L"the caller's again");
      const auto job = service_.Find(id);
      const auto download = service_.downloads().Find(id);
      if (job) job->SetForeign(foreign != FALSE);
      if (download) download->SetForeign(foreign != FALSE);
      return job || download ? S_OK : E_INVALIDARG;
    });
  }
  HRESULT STDMETHODCALLTYPE Reset() override {
    Log(L"no faults and no switches");
    Faults::Get().Reset();
    Switches::Get().Reset();
    service_.sizes().Clear();
    service_.downloads().LookAgain();
    for (const auto& [name, what] : kLasting) SayLasting(what, 0);
    return S_OK;
  }
  HRESULT STDMETHODCALLTYPE Count(LPCWSTR name, UINT64* count) override {
    return Answer(L"IStandInControl::Count", [&] {
      if (!name || !count) return E_INVALIDARG;
      const std::wstring what = name;
      if (what == L"process") return Give(GetCurrentProcessId(), count);
      if (what == L"jobs") return Give(service_.Jobs().size(), count);
      if (what == L"downloads") return Give(service_.downloads().All().size(), count);
      if (what == L"callbacks-held") return Give(CallbacksHeld(), count);
      if (what == L"callbacks-told") return Give(service_.notifier().delivered(), count);
      if (what == L"objects") return Give(living_objects.load(), count);
      if (what == L"hanging") return Give(Faults::Get().Hanging(), count);
      if (what.rfind(kCalls, 0) == 0) {
        return Give(Faults::Get().Calls(what.substr(std::size(kCalls) - 1)), count);
      }
      return E_INVALIDARG;
    });
  }
  HRESULT STDMETHODCALLTYPE RemoveJobs() override {
    return Answer(L"IStandInControl::RemoveJobs", [&] {
      for (const auto& job : service_.Jobs()) {
        job->SetForeign(false);
        job->Cancel();
      }
      for (const auto& download : service_.downloads().All()) {
        download->SetForeign(false);
        download->Abort();
      }
      return S_OK;
    });
  }

 private:
  void* Find(REFIID iid) override {
    const bool known = iid == kIidOf<IUnknown> || iid == kIidOf<IStandInControl>;
    return known ? static_cast<IStandInControl*>(this) : nullptr;
  }

  std::size_t CallbacksHeld() const {
    const auto count = [](const auto& all) {
      const auto holds = [](const auto& one) { return one->callback() != nullptr; };
      return static_cast<std::size_t>(std::count_if(all.begin(), all.end(), holds));
    };
    return count(service_.Jobs()) + count(service_.downloads().All());
  }

  Service& service_;
};

}  // namespace

ComPtr<IUnknown> MakeControlObject(Service& service) {
  ComPtr<IUnknown> object;
  *object.GetAddressOf() = Make<ControlObject>(service).Detach();
  return object;
}

}  // namespace dosvc_stand_in
