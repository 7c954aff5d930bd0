// SPDX-License-Identifier: MIT

#include "snapshot.h"

#include <objbase.h>

#include "drain.h"

namespace {

template <typename Object>
void ReadString(Object* object, HRESULT (STDMETHODCALLTYPE Object::*get)(LPWSTR*)) {
  LPWSTR text = nullptr;
  if (SUCCEEDED((object->*get)(&text))) CoTaskMemFree(text);
}

void ReadFile(IBackgroundCopyFile* file) {
  ReadString(file, &IBackgroundCopyFile::GetRemoteName);
  ReadString(file, &IBackgroundCopyFile::GetLocalName);
  BG_FILE_PROGRESS progress;
  file->GetProgress(&progress);
  file->Release();
}

}  // namespace

HRESULT TakeSnapshot(IBackgroundCopyJob* job) {
  BG_JOB_STATE state;
  const HRESULT hr = job->GetState(&state);
  BG_JOB_TYPE type;
  job->GetType(&type);
  BG_JOB_PRIORITY priority;
  job->GetPriority(&priority);
  ReadString(job, &IBackgroundCopyJob::GetDisplayName);
  ReadString(job, &IBackgroundCopyJob::GetDescription);
  ReadString(job, &IBackgroundCopyJob::GetOwner);
  BG_JOB_PROGRESS progress;
  job->GetProgress(&progress);
  BG_JOB_TIMES times;
  job->GetTimes(&times);
  IBackgroundCopyError* error = nullptr;
  // The job has no error. If it had one, the error's texts and file would have to be read, too.
  if (SUCCEEDED(job->GetError(&error)) && error != nullptr) error->Release();
  IEnumBackgroundCopyFiles* files = nullptr;
  if (SUCCEEDED(job->EnumFiles(&files)) && files != nullptr) {
    for (auto* const file : Drain<IBackgroundCopyFile>(files)) ReadFile(file);
  }
  return hr;
}
