// SPDX-License-Identifier: MIT

#include "object.h"

#include <objbase.h>

#include <deque>

#include "calls.h"
#include "journal.h"
#include "unknown.h"

namespace recorder {
namespace {

constexpr std::uint32_t kNext = 3;  // the slot of Next in every enumerator

struct Everything {
  std::mutex mu;
  std::deque<Object*> objects;    // guarded by mu
  std::set<std::string> offered;  // guarded by mu
};

Everything& All() {
  static auto* const all = new Everything();
  return *all;
}

std::string Key(REFIID iid) { return Hex(&iid, sizeof(iid)); }

class ClientSecurity final : public ForEver<IClientSecurity> {
 public:
  ClientSecurity() : ForEver(__uuidof(IClientSecurity)) {}

  HRESULT STDMETHODCALLTYPE
  QueryBlanket(IUnknown*, DWORD*, DWORD*, OLECHAR**, DWORD*, DWORD*, void**, DWORD*) override {
    return E_NOTIMPL;
  }
  HRESULT STDMETHODCALLTYPE SetBlanket(IUnknown* proxy,
                                       DWORD authentication,
                                       DWORD authorization,
                                       OLECHAR* principal,
                                       DWORD level,
                                       DWORD impersonation,
                                       void* identity,
                                       DWORD capabilities) override {
    const auto& face = *reinterpret_cast<Face*>(proxy);
    Entry entry("blanket");
    entry.Number("object", face.object->number()).Guid("iid", face.iid).Place();
    entry.Number("authentication", authentication).Number("authorization", authorization);
    entry.Text("principal", Hex(&principal, sizeof(principal))).Number("level", level);
    entry.Number("impersonation", impersonation);
    entry.Text("identity", Hex(&identity, sizeof(identity))).Number("capabilities", capabilities);
    Journal::Get().Note(entry);
    return face.object->SetBlanket();
  }
  HRESULT STDMETHODCALLTYPE CopyProxy(IUnknown*, IUnknown**) override { return E_NOTIMPL; }
};

HRESULT STDMETHODCALLTYPE QueryThunk(Face* self, REFIID iid, void** pointer) {
  return self->object->Query(iid, pointer);
}
ULONG STDMETHODCALLTYPE AddRefThunk(Face* self) { return self->object->AddRef(); }
ULONG STDMETHODCALLTYPE ReleaseThunk(Face* self) { return self->object->Release(); }

}  // namespace

void AddUnknownMethods(std::array<const void*, kSlots>& vtable) {
  vtable[0] = reinterpret_cast<const void*>(&QueryThunk);
  vtable[1] = reinterpret_cast<const void*>(&AddRefThunk);
  vtable[2] = reinterpret_cast<const void*>(&ReleaseThunk);
}

Object* Object::Make() {
  auto& all = All();
  std::lock_guard<std::mutex> lock(all.mu);
  all.objects.push_back(new Object(static_cast<std::uint32_t>(all.objects.size() + 1)));
  return all.objects.back();
}

Object* Object::Find(std::uint32_t number) {
  auto& all = All();
  std::lock_guard<std::mutex> lock(all.mu);
  return all.objects.at(number - 1);
}

void Object::Offer(REFIID iid) {
  auto& all = All();
  std::lock_guard<std::mutex> lock(all.mu);
  all.offered.insert(Key(iid));
}

void Object::Tell(REFIID iid, std::uint32_t slot, Plan plan) {
  std::lock_guard<std::mutex> lock(mu_);
  plans_[{Key(iid), slot}] = std::move(plan);
}

void Object::TellBlanket(HRESULT hr) {
  std::lock_guard<std::mutex> lock(mu_);
  blanket_ = hr;
}

void Object::Deny(REFIID iid) {
  std::lock_guard<std::mutex> lock(mu_);
  denied_.insert(Key(iid));
}

void Object::AddElement(Face* face) {
  std::lock_guard<std::mutex> lock(mu_);
  enumerates_ = true;
  elements_.push_back(face);
}

void Object::EndElements(HRESULT hr) {
  std::lock_guard<std::mutex> lock(mu_);
  enumerates_ = true;
  after_elements_ = hr;
}

void Object::LetGo() {
  std::lock_guard<std::mutex> lock(mu_);
  ++times_let_go_;
  let_go_.notify_all();
}

Face* Object::Reference(REFIID iid) {
  AddRef();
  std::lock_guard<std::mutex> lock(mu_);
  for (auto& face : faces_) {
    if (IsEqualIID(face.iid, iid)) return &face;
  }
  faces_.push_back({Vtable(), this, iid});
  return &faces_.back();
}

bool Object::Answers(REFIID iid) {
  if (IsEqualIID(iid, __uuidof(IUnknown))) return true;
  {
    std::lock_guard<std::mutex> lock(mu_);
    if (denied_.count(Key(iid)) != 0) return false;
  }
  auto& all = All();
  std::lock_guard<std::mutex> lock(all.mu);
  return all.offered.count(Key(iid)) != 0;
}

HRESULT Object::Query(REFIID iid, void** pointer) {
  static auto* const security = new ClientSecurity();
  if (IsEqualIID(iid, __uuidof(IClientSecurity)) && SetBlanket() != E_NOINTERFACE) {
    *pointer = security;
    return S_OK;
  }
  *pointer = Answers(iid) ? Reference(iid) : nullptr;
  return *pointer != nullptr ? S_OK : E_NOINTERFACE;
}

HRESULT Object::SetBlanket() {
  std::lock_guard<std::mutex> lock(mu_);
  return blanket_;
}

HRESULT Object::Call(const Face& face, std::uint32_t slot, const Arguments& arguments) {
  Plan plan;
  bool enumerates = false;
  int times = 0;
  {
    std::lock_guard<std::mutex> lock(mu_);
    const auto told = plans_.find({Key(face.iid), slot});
    if (told != plans_.end()) plan = told->second;
    enumerates = enumerates_ && slot == kNext;
    times = times_let_go_;
  }
  NoteCall(face, slot, arguments, plan);
  if (enumerates) return Next(arguments);
  if (plan.held) {
    std::unique_lock<std::mutex> lock(mu_);
    let_go_.wait(lock, [&] { return times_let_go_ != times; });
  }
  plan.Write(arguments);
  return plan.hresult;
}

void Object::NoteCall(const Face& face,
                      std::uint32_t slot,
                      const Arguments& arguments,
                      const Plan& plan) {
  std::vector<std::string> raw;
  for (const auto argument : arguments) raw.push_back(std::to_string(argument));
  Entry entry("call");
  entry.Number("object", number_).Guid("iid", face.iid).Number("slot", slot).Place();
  entry.Texts("arguments", raw).Texts("copies", plan.Copy(arguments));
  Journal::Get().Note(entry);
}

// (celt, elements, fetched): S_FALSE if fewer are left, unless the test wants S_OK or a failure
// there.
HRESULT Object::Next(const Arguments& arguments) {
  auto** const into = PointerIn<Face*>(arguments[1]);
  const auto wanted = static_cast<ULONG>(arguments[0]);
  std::lock_guard<std::mutex> lock(mu_);
  if (elements_.empty() && FAILED(after_elements_)) return after_elements_;
  ULONG fetched = 0;
  for (; fetched < wanted && !elements_.empty(); ++fetched) {
    into[fetched] = elements_.front();
    elements_.pop_front();
  }
  *PointerIn<ULONG>(arguments[2]) = fetched;
  return fetched == wanted || after_elements_ != S_FALSE ? S_OK : S_FALSE;
}

}  // namespace recorder
