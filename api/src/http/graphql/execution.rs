//! Running an admitted request, for as long as it may.

use async_graphql::{Executor, Response};

use super::{Admitted, Endpoint, RequestErrorCode, RequestRefusal, repair, visible};

impl<E: Executor> Endpoint<E> {
    /// Executes a query or a mutation. Errors in the response are those the client may read.
    ///
    /// # Errors
    /// `TIMEOUT` when the time is over: the operation is dropped where it waits. A mutation may
    /// have been recorded by then; its idempotency key tells when it is sent again.
    pub async fn run(&self, admitted: Admitted) -> Result<Response, RequestRefusal> {
        let execution = self.schema.execute(admitted.request);
        let timed = tokio::time::timeout(self.wall_time, execution).await;
        let mut response = timed.map_err(|_| self.too_long())?;
        presentable(&mut response);
        response
            .extensions
            .extend(admitted.said.receipts().map(|said| ("receipts".to_owned(), said)));
        Ok(response)
    }

    pub(super) fn too_long(&self) -> RequestRefusal {
        let message = format!("the operation ran longer than {:?}", self.wall_time);
        RequestRefusal::new(RequestErrorCode::Timeout, message)
    }
}

/// Leaves what the client may read, in the shape that it expects.
pub(super) fn presentable(response: &mut Response) {
    repair::fill_nulls(response);
    visible::filter(&mut response.errors);
}
