// SPDX-License-Identifier: MIT

#include "server/guardian.h"

#include <objbase.h>

#include <utility>
#include <vector>

#include "server/gone.h"
#include "server/own_path.h"
#include "server/service_log.h"

namespace dosvc_stand_in {
namespace {

using dosvc::com::ComPtr;

constexpr DWORD kEndMilliseconds = 5'000;
constexpr std::uint32_t kLongestFactory = 1 << 16;
// By their indices.
constexpr const wchar_t* kClassNames[kClasses] = {L"manager", L"control"};

bool Hear(HANDLE output, void* bytes, std::uint32_t size) {
  auto* at = static_cast<char*>(bytes);
  while (size > 0) {
    DWORD read = 0;
    if (!ReadFile(output, at, size, &read, nullptr) || read == 0) return false;
    at += read;
    size -= read;
  }
  return true;
}

// Takes what the worker hands out.
HRESULT TakeFactory(HANDLE output, ComPtr<IClassFactory>& factory) {
  std::uint32_t size = 0;
  if (!Hear(output, &size, sizeof(size)) || size > kLongestFactory) return CO_E_SERVER_EXEC_FAILURE;
  std::vector<char> bytes(size);
  if (!Hear(output, bytes.data(), size)) return CO_E_SERVER_EXEC_FAILURE;
  ComPtr<IStream> stream;
  HRESULT hr = CreateStreamOnHGlobal(nullptr, TRUE, stream.GetAddressOf());
  if (SUCCEEDED(hr)) hr = stream->Write(bytes.data(), size, nullptr);
  if (SUCCEEDED(hr)) hr = stream->Seek({}, STREAM_SEEK_SET, nullptr);
  if (FAILED(hr)) return hr;
  auto* const slot = reinterpret_cast<void**>(factory.GetAddressOf());
  return CoUnmarshalInterface(stream.Get(), IID_IClassFactory, slot);
}

// A pipe of which the child inherits one end.
bool MakePipe(HANDLE& read, HANDLE& write, HANDLE& own) {
  SECURITY_ATTRIBUTES inherited = {sizeof(inherited), nullptr, TRUE};
  if (!CreatePipe(&read, &write, &inherited, 0)) return false;
  return SetHandleInformation(own, HANDLE_FLAG_INHERIT, 0);
}

void Close(HANDLE handle) {
  if (handle) CloseHandle(handle);
}

// Its pipe is closed, and the process about to end.
void LogDeath(HANDLE process, DWORD id) {
  WaitForSingleObject(process, kEndMilliseconds);
  DWORD code = 0;
  GetExitCodeProcess(process, &code);
  Log(L"worker %lu is dead, exit code 0x%08lX", id, code);
}

}  // namespace

// The process's handle stays open: as long as one is, no other process is given its number. Wine
// knows a process by its number, and takes a new one for the dead one that had it before.
Guardian::Worker::~Worker() {
  for (const HANDLE handle : {input, output}) Close(handle);
}

HRESULT Guardian::CreateInstance(std::size_t index, REFIID iid, void** object) {
  const HRESULT hr = Instance(index, iid, object);
  if (FAILED(hr)) Log(L"activation of the %ls failed: 0x%08lX", kClassNames[index], hr);
  return hr;
}

HRESULT Guardian::Instance(std::size_t index, REFIID iid, void** object) {
  for (bool again = false;; again = true) {
    std::shared_ptr<Worker> worker;
    HRESULT hr = Current(worker);
    if (FAILED(hr)) return hr;
    hr = worker->factories[index]->CreateInstance(nullptr, iid, object);
    if (!IsGone(hr) || again) return hr;
    // It dies, or has just died.
    WaitForSingleObject(worker->process, kEndMilliseconds);
  }
}

HRESULT Guardian::Current(std::shared_ptr<Worker>& worker) {
  const std::lock_guard lock(mutex_);
  if (ended_) return CO_E_SERVER_STOPPING;
  if (!worker_ || !worker_->Alive()) {
    if (worker_ && worker_->listener.joinable()) {
      worker_->listener.join();
      not_before_ = Clock::now() + std::chrono::milliseconds(worker_->pause);
    }
    // What clients see of a service that comes back.
    if (Clock::now() < not_before_) return HRESULT_FROM_WIN32(RPC_S_SERVER_UNAVAILABLE);
    auto fresh = std::make_shared<Worker>();
    if (worker_) fresh->gather = worker_->gather;
    const HRESULT hr = Start(*fresh);
    if (FAILED(hr)) {
      Log(L"start of a worker failed: 0x%08lX", hr);
      return hr;
    }
    worker_ = std::move(fresh);
    worker_->listener = std::thread([heard = worker_.get()] {
      for (LastingValue said; Hear(heard->output, &said, sizeof(said));) {
        (said.what == Lasting::kGather ? heard->gather : heard->pause) = said.value;
      }
      LogDeath(heard->process, heard->id);
    });
  }
  worker = worker_;
  return S_OK;
}

HRESULT Guardian::Start(Worker& worker) const {
  HANDLE childs_input = nullptr;
  HANDLE childs_output = nullptr;
  if (!MakePipe(childs_input, worker.input, worker.input) ||
      !MakePipe(worker.output, childs_output, worker.output)) {
    return HRESULT_FROM_WIN32(GetLastError());
  }
  const auto program = OwnPath();
  std::wstring command = L"\"" + program + L"\" work --store \"" + store_ + L"\" --gather " +
                         std::to_wstring(worker.gather);
  STARTUPINFOW start = {};
  start.cb = sizeof(start);
  start.dwFlags = STARTF_USESTDHANDLES;
  start.hStdInput = childs_input;
  start.hStdOutput = childs_output;
  PROCESS_INFORMATION made = {};
  const BOOL done = CreateProcessW(program.c_str(),
                                   command.data(),
                                   nullptr,
                                   nullptr,
                                   TRUE,
                                   DETACHED_PROCESS,
                                   nullptr,
                                   nullptr,
                                   &start,
                                   &made);
  HRESULT hr = done ? S_OK : HRESULT_FROM_WIN32(GetLastError());
  // The worker's death ends what it says.
  Close(childs_input);
  Close(childs_output);
  Close(made.hThread);
  worker.process = made.hProcess;
  worker.id = made.dwProcessId;
  if (done) Log(L"worker %lu started", worker.id);
  for (auto& factory : worker.factories) {
    if (SUCCEEDED(hr)) hr = TakeFactory(worker.output, factory);
  }
  if (FAILED(hr) && worker.process) {
    TerminateProcess(worker.process, 1);
    LogDeath(worker.process, worker.id);
  }
  return hr;
}

void Guardian::End() {
  const std::lock_guard lock(mutex_);
  ended_ = true;
  if (!worker_) return;
  TerminateProcess(worker_->process, 0);
  WaitForSingleObject(worker_->process, kEndMilliseconds);
}

}  // namespace dosvc_stand_in
